import { defaultProjection, type ProjectionSettings, projectionSchema } from '../catalog/projections';
import { check, type Root } from './root';

/** How codings become points, as far as somebody has set it: `{ method, perplexity, ... }`; the rest is as the catalog says. */
export const projection = {
  content: ['number', 'string'],
  isUndoable: true,
  isLogged: true,
  read: (json) => check(projectionSchema, { ...defaultProjection, ...json }),
} as const satisfies Root<ProjectionSettings>;
