import { existsSync } from 'node:fs';
import { z } from 'zod';
import { executorIds } from './engine/program';

/** Scheme and host alone, as a browser names where a page is from. */
const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const isMirror = (place: string): boolean => /^https?:\/\//.test(place);

/** A limit on what one recipe may cost. */
const limit = (unit: string, initial: number) =>
  z.coerce
    .number({ error: `must be a number of ${unit} above 0` })
    .positive({ error: `must be a number of ${unit} above 0` })
    .default(initial);

const schema = z.object({
  /** TCP port; 0 takes a free one. */
  PORT: z.coerce
    .number({ error: 'must be a whole number from 0 to 65535' })
    .int()
    .min(0)
    .max(65535)
    .default(3000),
  /** Address to listen on: this machine alone, unless told otherwise. */
  HOST: z.string().default('127.0.0.1'),
  /** Folder of everything that is kept. */
  COLATENT_DATA: z.string().default('./data'),
  /** Folder or address of a mirror that data sets come from, instead of their publishers. */
  COLATENT_DATASETS: z
    .string()
    .refine((place) => isMirror(place) || existsSync(place), {
      error: 'must be an existing folder or an http(s) address',
    })
    .optional(),
  /** What computes; `auto` takes the fastest that works here. */
  COLATENT_EXECUTOR: z
    .enum(['auto', ...executorIds], { error: `must be auto, ${executorIds.join(' or ')}` })
    .default('auto'),
  /** Addresses under which people open the pages, with commas between, where a proxy gives the server another name. */
  COLATENT_ORIGIN: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim().replace(/\/+$/, '')))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be an address without a path, such as https://lab.example; several with commas between',
    })
    .default([]),
  /** Proxies in front of the server whose X-Forwarded-For, -Host and -Proto are believed. */
  COLATENT_TRUST_PROXY: z.coerce
    .number({ error: 'must be the number of proxies, from 0 to 16' })
    .int({ error: 'must be the number of proxies, from 0 to 16' })
    .min(0, { error: 'must be the number of proxies, from 0 to 16' })
    .max(16, { error: 'must be the number of proxies, from 0 to 16' })
    .default(0),
  /** The path under which a proxy shows the site, such as `/lab`. */
  COLATENT_BASE_PATH: z
    .string()
    .transform((path) => path.trim().replace(/\/+$/, ''))
    .refine((path) => /^(\/[\w.~-]+)*$/.test(path), {
      error: 'must be a path such as /lab',
    })
    .default(''),
  /** Runs that train at once; further ones queue. */
  COLATENT_MAX_RUNS: z.coerce
    .number({ error: 'must be a whole number from 1 to 64' })
    .int()
    .min(1)
    .max(64)
    .default(2),
  /** Megabytes (of 2^20 bytes) that one run may need by the estimate of its recipe. */
  COLATENT_MAX_MEMORY: limit('megabytes', 4096),
  /** GFLOPs that one training step may take. */
  COLATENT_MAX_STEP_GFLOPS: limit('GFLOPs', 500),
});
export type Environment = z.infer<typeof schema>;

/** A variable that can't be used; one line for the operator. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Reads what Colatent needs; an empty variable counts as unset. @throws EnvironmentError for the first bad one. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0]);
  throw new EnvironmentError(`${name} ${issue?.message ?? 'is invalid'}, got "${variables[name] ?? ''}"`);
}
