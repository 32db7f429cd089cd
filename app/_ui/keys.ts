/** Keys by what they mean for a shortcut, on every keyboard layout. */

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/** What keys give on a US keyboard; the second with Shift. */
const byCode: Readonly<Record<string, string>> = {
  Space: '  ',
  Minus: '-_',
  Equal: '=+',
  Slash: '/?',
  NumpadAdd: '++',
  NumpadSubtract: '--',
};

/** What an input method or a dead key makes of a key says nothing about it. */
const swallowed: readonly string[] = ['Process', 'Unidentified', 'Dead'];

/**
 * The key that was pressed: a character in lower case, or a name as `ArrowUp`. Where a layout writes no Latin letters
 * (Cyrillic, Korean, Arabic), it goes by the key's place.
 */
export function keyOf({ key, code, shiftKey }: Press): string {
  if (/^[ -~]$/.test(key)) return key.toLowerCase();
  if (key.length > 1 && !swallowed.includes(key)) return key;
  const [, letter] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code) ?? [];
  return letter?.toLowerCase() ?? byCode[code]?.[shiftKey ? 1 : 0] ?? key;
}

/** Types of `input` that aren't written into. */
const pressed = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

/** Whether somebody writes there, so that characters and Undo are its own. */
export function isWritten(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !pressed.includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
