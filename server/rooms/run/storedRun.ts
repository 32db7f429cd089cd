import { modelOf } from '@/lib/catalog/models';
import { decodeFrame, decodeHistory, type Pace } from '@/lib/protocol/frames';
import { emptyHistory, type History } from '@/lib/runs/history';
import type { RunSpec } from '@/lib/runs/status';
import type { StoredRun } from '@/server/storage/storage';

/** The curve of a stored run, and how fast its steps come: not at all for the moment. */
export function restoreHistory(stored: StoredRun): { history: History; pace: Pace | null } {
  const metrics = modelOf(stored.spec.recipe.model).metrics.length;
  if (!stored.history) return { history: emptyHistory(metrics), pace: null };
  const { header, payload } = decodeFrame(stored.history);
  if (header.kind !== 'history') throw new RangeError(`A history frame expected, got ${header.kind}`);
  const pace = header.pace && { ...header.pace, stepsPerSecond: 0 };
  return { history: decodeHistory(header, payload), pace };
}

/** Where a run starts, before any process has said a word. */
export function freshRun(spec: RunSpec): StoredRun {
  const frames = { history: null, images: null, points: null, text: null, subjects: null };
  const nothing = { live: null, assets: null, ...frames, checkpoint: null };
  return { spec, status: { state: 'queued', place: 1 }, ...nothing };
}
