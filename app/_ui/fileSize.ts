import type { Text } from './language';

/** The size of a file as people say it: `940 bytes`, `2.8 kB`, `31 kB`, `12.5 MB`. */
export function fileSize(bytes: number, t: Text): string {
  if (bytes < 1000) return t('{n} {n|byte|bytes}', { n: bytes });
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, '{n} kB' as const] : [bytes / 1e6, '{n} MB' as const];
  return t(unit, { n: t.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 }) });
}
