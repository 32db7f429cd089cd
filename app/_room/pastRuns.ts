import { decodeFrame, decodeHistory } from '@/lib/protocol/frames';
import { type PastRun, pastRunsSchema } from '@/lib/protocol/reel';
import type { History } from '@/lib/runs/history';

async function get(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded: status ${response.status}`);
  return response;
}

/** The runs before the present one, newest first. @throws Error */
export async function loadPastRuns(address: string): Promise<PastRun[]> {
  return pastRunsSchema.parse(await (await get(address)).json());
}

/** A run's whole curve, by its address. @throws Error */
export async function loadCurve(address: string): Promise<History> {
  const frame = await (await get(`${address}/curve`)).arrayBuffer();
  const { header, payload } = decodeFrame(new Uint8Array(frame));
  if (header.kind !== 'history') throw new Error(`A history frame expected, got ${header.kind}`);
  return decodeHistory(header, payload);
}
