import { parseSync } from 'oxc-parser';

/** The name by which a piece of syntax is known, if it has one. */
const nameOf = (node) => node.id?.name ?? node.key?.name;

/**
 * Functions of more than `most` lines, from their first word to their last, markup and blank lines too.
 * @param {string} file
 * @param {string} text what stands in it
 * @param {number} most
 * @returns {string[]} a line each
 */
export function longFunctions(file, text, most) {
  const lineAt = (place) => text.slice(0, place).split('\n').length;
  const found = [];
  const look = (node, name) => {
    if (Array.isArray(node)) for (const each of node) look(each, name);
    if (typeof node?.type !== 'string') return;
    const own = nameOf(node) ?? name;
    if (/^(Arrow)?Function/.test(node.type)) {
      const [first, last] = [lineAt(node.start), lineAt(node.end)];
      const lines = last - first + 1;
      if (lines > most) found.push(`${file}:${first}: ${own} has ${lines} lines, at most ${most}`);
    }
    for (const child of Object.values(node)) if (child && typeof child === 'object') look(child, own);
  };
  look(parseSync(file, text).program, 'a function');
  return found;
}
