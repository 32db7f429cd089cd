import type * as Y from 'yjs';
import { defaultProjection, type ProjectionSettings, projectionSchema } from '../catalog/projections';
import { check } from './schema';

/** How codings become points; what nobody has set yet is as the catalog says. @throws DocumentError */
export function readProjection(doc: Y.Doc): ProjectionSettings {
  return check(projectionSchema, { ...defaultProjection, ...doc.getMap('projection').toJSON() });
}
