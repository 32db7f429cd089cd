import type { PlainMessage } from '../text/keys';

/** Encodings in which texts are brought, by their names in the WHATWG Encoding Standard; the likelier ones first. */
export const encodings = [
  { id: 'utf-8', label: 'UTF-8' },
  { id: 'utf-16le', label: 'UTF-16, little endian' },
  { id: 'utf-16be', label: 'UTF-16, big endian' },
  { id: 'euc-kr', label: 'Korean (CP949, EUC-KR)' },
  { id: 'shift_jis', label: 'Japanese (Shift JIS)' },
  { id: 'euc-jp', label: 'Japanese (EUC-JP)' },
  { id: 'gb18030', label: 'Chinese, simplified (GB 18030, GBK)' },
  { id: 'big5', label: 'Chinese, traditional (Big5)' },
  { id: 'windows-1252', label: 'Western European (Windows-1252)' },
  { id: 'windows-1250', label: 'Central European (Windows-1250)' },
  { id: 'iso-8859-2', label: 'Central European (ISO 8859-2)' },
  { id: 'windows-1251', label: 'Cyrillic (Windows-1251)' },
  { id: 'koi8-r', label: 'Cyrillic (KOI8-R)' },
  { id: 'iso-8859-5', label: 'Cyrillic (ISO 8859-5)' },
  { id: 'ibm866', label: 'Cyrillic (CP866)' },
  { id: 'windows-1253', label: 'Greek (Windows-1253)' },
  { id: 'windows-1254', label: 'Turkish (Windows-1254)' },
  { id: 'windows-1255', label: 'Hebrew (Windows-1255)' },
  { id: 'windows-1256', label: 'Arabic (Windows-1256)' },
  { id: 'windows-874', label: 'Thai (Windows-874)' },
  { id: 'macintosh', label: 'Western European (Macintosh)' },
] as const satisfies readonly { readonly id: string; readonly label: PlainMessage }[];

export type EncodingId = (typeof encodings)[number]['id'];
export const encodingIds = encodings.map(({ id }) => id);

export function encodingOf(id: EncodingId): (typeof encodings)[number] {
  const found = encodings.find((each) => each.id === id);
  if (!found) throw new RangeError(`Unknown encoding ${id}; expected one of ${encodingIds.join(', ')}`);
  return found;
}
