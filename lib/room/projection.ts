import { defaultProjection, type ProjectionSettings, projectionSchema } from '../catalog/projections';
import { check, type Root } from './root';

/**
 * Projection settings that somebody has changed: `{ method, perplexity, ... }`; the others have the catalog's
 * defaults.
 */
export const projection = {
  content: ['number', 'string'],
  isUndoable: true,
  isLogged: true,
  read: (json) => check(projectionSchema, { ...defaultProjection, ...json }),
} as const satisfies Root<ProjectionSettings>;
