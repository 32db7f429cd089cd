import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** An interpreter with the packages that its tests need; without one they are skipped. */
const python = process.env.COLATENT_PYTHON;

/** Why Python can't run what needs these packages here; empty if it can. */
export async function pythonObstacle(...packages: string[]): Promise<string> {
  if (!python) return 'COLATENT_PYTHON names no interpreter';
  const missing = (error: Error) => `${python} lacks a package: ${error.message.trim().split('\n').at(-1)}`;
  const find = `import importlib.util as u; [u.find_spec(n).name for n in ${JSON.stringify(packages)}]`;
  return execute(python, ['-c', find]).then(() => '', missing);
}

/** Runs a script of this folder on a folder of cases; @returns what each line that it prints says in JSON. */
export async function runPython<Line>(script: string, folder: string): Promise<Line[]> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await execute(python as string, [path, folder], { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
