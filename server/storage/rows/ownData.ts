import type { Kysely } from 'kysely';
import { ownHashOf } from '@/lib/catalog/ownData';
import type { OwnData } from '@/lib/protocol/ownData';
import { filesOf } from './files';
import type { Tables } from './tables';

/** The blobs of a data set that is kept already; none if it isn't. */
async function filesBefore(db: Kysely<Tables>, playground: string, id: OwnData['id']): Promise<string[]> {
  const found = db.selectFrom('own_data').select(['content_hash', 'preview_hash']);
  const rows = await found.where('playground', '=', playground).where('id', '=', id).execute();
  return rows.flatMap(filesOf);
}

/** Adds a data set to a playground, instead of one of the same id. @returns the blobs that the one before named. */
export async function addOwnData(db: Kysely<Tables>, playground: string, data: OwnData): Promise<string[]> {
  const before = await filesBefore(db, playground, data.id);
  const hashes = { content_hash: ownHashOf(data.id), preview_hash: data.preview };
  const row = { playground, id: data.id, view: JSON.stringify(data), ...hashes };
  await db.replaceInto('own_data').values(row).execute();
  return before;
}

/** Removes a data set of a playground. @returns the blobs that it named. */
export async function removeOwnData(
  db: Kysely<Tables>,
  playground: string,
  id: OwnData['id'],
): Promise<string[]> {
  const before = await filesBefore(db, playground, id);
  await db.deleteFrom('own_data').where('playground', '=', playground).where('id', '=', id).execute();
  return before;
}
