/** Where a machine has its libraries and its temporary files. */
const needed = [
  'PATH',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SystemRoot',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
] as const;

/** The environment of a process that handles what somebody brought: nothing that only the server should know. */
export const bareEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: process.env.NODE_ENV,
  ...Object.fromEntries(needed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
});
