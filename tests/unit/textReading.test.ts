import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { type EncodingId, encodingIds } from '@/lib/catalog/encodings';
import { defaultValues } from '@/lib/catalog/models';
import { charRnnValues } from '@/lib/catalog/models/charRnn';
import { ownIdOf, ownShapeOf } from '@/lib/catalog/ownData';
import { misfitOf } from '@/lib/catalog/textFit';
import { limits } from '@/lib/protocol/limits';
import { MERGED } from '@/lib/protocol/ownData';
import { inEnglish } from '@/lib/text/sentence';
import { decodeText } from '@/server/datasets/own/encoding';
import { DataProblem } from '@/server/datasets/own/problem';
import { readText } from '@/server/datasets/own/text';
import { Windows } from '@/server/worker/training/windows';

/** Sentences in the languages that people write in each encoding; of Korean with syllables that EUC-KR lacks. */
const sentences: Partial<Record<EncodingId, string>> = {
  'euc-kr':
    '나 보기가 역겨워 가실 때에는 말없이 고이 보내 드리우리다. 똠방각하가 펲시콜라를 마시고 햏햏 웃었다.\n',
  shift_jis: '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。ニャーニャー泣いていた。\n',
  'euc-jp': '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。ニャーニャー泣いていた。\n',
  gb18030: '床前明月光，疑是地上霜。举头望明月，低头思故乡。春眠不觉晓，处处闻啼鸟。\n',
  big5: '床前明月光，疑是地上霜。舉頭望明月，低頭思故鄉。春眠不覺曉，處處聞啼鳥。\n',
  'windows-1252':
    'Über den Wäldern lag ein süßer Duft. Les élèves ont déjà mangé à la forêt, “c’était très bon”.\n',
  'windows-1250': 'Příliš žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń, a potem poszedł do domu.\n',
  'windows-1251': 'Мой дядя самых честных правил, когда не в шутку занемог, он уважать себя заставил.\n',
  'koi8-r': 'Мой дядя самых честных правил, когда не в шутку занемог, он уважать себя заставил.\n',
  ibm866: 'Мой дядя самых честных правил, когда не в шутку занемог, он уважать себя заставил.\n',
  'windows-1253': 'Τη γλώσσα μου έδωσαν ελληνική, το σπίτι φτωχικό στις αμμουδιές του Ομήρου.\n',
  'windows-1254':
    'Korkma, sönmez bu şafaklarda yüzen al sancak; yurdumun üstünde tüten ocak. Iğdır ışığı çok güçlü.\n',
  'windows-1255': 'בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו וחשך על פני תהום.\n',
  'windows-1256': 'كان يا ما كان في قديم الزمان ملك عظيم يحكم بلادا واسعة وكان له ثلاثة أولاد.\n',
  'windows-874': 'กาลครั้งหนึ่งนานมาแล้ว มีพระราชาองค์หนึ่งครองเมืองใหญ่ และมีพระโอรสสามพระองค์\n',
  macintosh: 'Über den Wäldern lag ein süßer Duft. Les élèves ont déjà mangé à la forêt.\n',
};
const english = 'It was a dark and stormy night; the rain fell in torrents.\n';

const read = (bytes: Uint8Array, chosen?: EncodingId) =>
  readText({ files: [{ name: 'a.txt', bytes }], others: [] }, 'a.txt', chosen);
const utf8 = (text: string) => new TextEncoder().encode(text);

test.each(Object.entries(sentences))('R70 a text in %s is known by what is likely', (encoding, sentence) => {
  const text = sentence.repeat(150);
  const { text: found, reading } = read(iconv.encode(text, encoding));
  expect(found).toBe(text.normalize('NFC'));
  expect(reading).toMatchObject({ encodings: [encoding], isUncertain: true, cut: 0, broken: 0 });
  // Far behind plain English, too.
  expect(decodeText(iconv.encode(english.repeat(3000) + text, encoding))?.encoding).toBe(encoding);
});

test('R70 every encoding can be chosen for a text that tells none', () => {
  const bytes = iconv.encode((sentences['euc-kr'] as string).repeat(200), 'euc-kr');
  for (const encoding of encodingIds.filter((id) => !id.startsWith('utf-16')))
    expect(decodeText(bytes, encoding)).toMatchObject({ encoding, isUncertain: true });
  expect(read(bytes, 'gb18030').reading.encodings).toEqual(['gb18030']);
});

const anyText = fc
  .array(fc.constantFrom(...Object.values(sentences), english, '🐈 “quoted” — 10 €\n'), {
    minLength: 1,
    maxLength: 20,
  })
  .map((lines) => lines.join(''));

test('R70 UTF-8, and UTF-16 with and without a mark, are known for certain, whatever the language', () => {
  const encoded: ((text: string) => Buffer)[] = [
    (text) => iconv.encode(text, 'utf8'),
    (text) => iconv.encode(text, 'utf8', { addBOM: true }),
    (text) => iconv.encode(text, 'utf-16le', { addBOM: true }),
    (text) => iconv.encode(text, 'utf-16be', { addBOM: true }),
    (text) => iconv.encode(english + text, 'utf-16le'),
    (text) => iconv.encode(english + text, 'utf-16be'),
  ];
  fc.assert(
    fc.property(anyText, fc.constantFrom(...encoded), (text, encode) => {
      const found = decodeText(encode(text));
      expect(found).toMatchObject({ isUncertain: false, broken: 0, isCut: false });
      expect(found?.text.endsWith(text)).toBe(true);
    }),
  );
});

test('R70 wherever a text is cut, only the character at the cut is left out, and that is told', () => {
  const encodings = ['utf8', 'utf-16le', 'euc-kr'] as const;
  const text = (sentences['euc-kr'] as string).repeat(8);
  fc.assert(
    fc.property(fc.constantFrom(...encodings), fc.nat({ max: 200 }), (encoding, dropped) => {
      const bytes = iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' });
      const found = decodeText(bytes.subarray(0, bytes.length - dropped));
      expect(text.startsWith(found?.text ?? '-')).toBe(true);
      const whole = iconv.encode(found?.text ?? '', encoding, { addBOM: encoding === 'utf-16le' }).length;
      expect(found).toMatchObject({ broken: 0, isCut: whole < bytes.length - dropped });
      expect(bytes.length - dropped - whole).toBeLessThan(4);
    }),
  );
  const tail = decodeText(utf8(text).subarray(1));
  expect(tail).toMatchObject({ isCut: true, broken: 0, text: text.slice(1) });
});

test('R70 single broken bytes among UTF-8 are left out and counted', () => {
  const text = (sentences.shift_jis as string).repeat(120);
  const bytes = Buffer.from(utf8(text));
  const lines = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  for (const at of lines.slice(0, 3)) bytes[at] = 0xff;
  const { text: found, reading } = read(bytes);
  expect(reading).toMatchObject({ encodings: ['utf-8'], isUncertain: false, broken: 3 });
  expect(found.length).toBe(text.length - 3);
});

test('R70 what is no text is refused, and documents by what they are', () => {
  const noise = Buffer.from(Array.from({ length: 8000 }, (_, i) => (i * i * 31 + i * 7) % 251));
  expect(() => read(noise)).toThrow('no characters in any encoding');
  expect(() => read(Buffer.concat([utf8(english.repeat(200)), Buffer.alloc(1)]))).toThrow('no characters');
  expect(() => read(utf8('%PDF-1.7 \u00e9'))).toThrow('a.txt is a PDF document. Save it as plain text');
  expect(() => read(Buffer.from([0x1f, 0x8b, 8, 0]))).toThrow('is a gzip archive. Pack it as a zip archive');
});

test('R70 characters are composed, and lines end with a line feed', () => {
  const { text } = read(utf8('Zo\u00eb caf\u00e9 \ud55c\uae00\r\n'.repeat(600).normalize('NFD')));
  expect(text).toBe('Zo\u00eb caf\u00e9 \ud55c\uae00\n'.repeat(600));
});

test('R70 texts are joined, each beginning a line; what is none is left out and told', () => {
  const files = [
    { name: '1.txt', bytes: iconv.encode((sentences['euc-kr'] as string).repeat(60).trimEnd(), 'euc-kr') },
    { name: '2.bin', bytes: new Uint8Array(100) },
    { name: '3.txt', bytes: iconv.encode(english.repeat(60), 'utf-16le', { addBOM: true }) },
  ];
  const { text, reading } = readText({ files, others: ['cover.png'] }, 'all.zip');
  expect(text).toBe((sentences['euc-kr'] as string).repeat(60) + english.repeat(60));
  expect(reading).toMatchObject({ texts: 2, encodings: ['euc-kr', 'utf-16le'] });
  expect(reading.leftOut.map(({ count, names }) => [count, names])).toEqual([
    [1, ['cover.png']],
    [1, ['2.bin']],
  ]);
});

test('R70 of more characters than a model tells apart the rarest become one, and are counted', () => {
  const signs = Array.from({ length: 6000 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const { text, vocabulary, reading } = read(
    utf8(`${signs.slice(0, 100).join('')}\n`.repeat(20) + signs.join('')),
  );
  expect(vocabulary['as-is']).toBe(limits.ownTextVocabulary);
  // One place is the mark's; the line feed stays.
  expect(reading.merged).toEqual({ distinct: 6001 - 3999, places: 6001 - 3999 });
  expect([...text].filter((each) => each === MERGED)).toHaveLength(2002);
  expect(text.startsWith(signs.slice(0, 100).join(''))).toBe(true);
});

test('R70 what an upload accepts can be learned from with the usual settings', () => {
  const usual = charRnnValues.parse(defaultValues('char-rnn'));
  const alphabets = [
    'a',
    'aA',
    'ab',
    'AB\n',
    ' \n',
    'İi',
    'ß',
    'éè',
    '가나다',
    '🐈🐕',
    'e\u0301x',
    '\ud800\ud801',
  ];
  const input = fc.record({
    alphabet: fc.constantFrom(...alphabets),
    length: fc.integer({ min: 4990, max: 5300 }),
    extra: fc.string({ maxLength: 3 }),
  });
  fc.assert(
    fc.property(input, ({ alphabet, length, extra }) => {
      const characters = [...alphabet];
      const text = Array.from({ length }, (_, i) => characters[(i * i) % characters.length]).join('') + extra;
      let accepted: ReturnType<typeof read>;
      try {
        accepted = read(utf8(text));
      } catch (error) {
        expect(error).toBeInstanceOf(DataProblem);
        return;
      }
      const windows = new Windows(accepted.text, usual);
      expect(windows.vocabulary).toHaveLength(accepted.vocabulary.lower);
      expect(windows.vocabulary.length).toBeGreaterThan(1);
    }),
  );
});

test('R71 where settings leave no room for a window, they and values that do are named', () => {
  const usual = charRnnValues.parse(defaultValues('char-rnn'));
  const settings = fc.record({
    characters: fc.integer({ min: limits.ownTextCharacters, max: 40_000 }),
    windowLength: fc.integer({ min: 5, max: 400 }),
    trainShare: fc.double({ min: 10, max: 90, noNaN: true }),
    validationShare: fc.double({ min: 1, max: 10, noNaN: true }),
  });
  fc.assert(
    fc.property(settings, ({ characters, ...changes }) => {
      const reading = { ...usual, ...changes };
      const text = 'ab'.repeat(characters).slice(0, characters);
      const shape = { kind: 'text', characters, vocabulary: { lower: 2, 'as-is': 2 } } as const;
      expect(ownShapeOf(ownIdOf(shape, '0'.repeat(64)))).toEqual(shape);
      const misfit = misfitOf(shape, reading);
      if (!misfit) return void new Windows(text, reading);
      expect(() => new Windows(text, reading)).toThrow(inEnglish(misfit.problem));
      const [, window] = /Window length to ([\d,]+) or less/.exec(inEnglish(misfit.advice)) ?? [];
      expect(misfitOf(shape, { ...reading, windowLength: Number(window) })).toBeNull();
      const [, name, share] = /(Training|Validation) share to (\d+) %/.exec(inEnglish(misfit.advice)) ?? [];
      if (name === undefined) return;
      const wider = { [name === 'Training' ? 'trainShare' : 'validationShare']: Number(share) };
      const after = misfitOf(shape, { ...reading, ...wider });
      expect(inEnglish(after?.problem ?? '')).not.toContain(name.toLowerCase());
    }),
  );
});

test('R71 a window of 300 on 5,000 characters is named, and so is one character in lower case', () => {
  const usual = charRnnValues.parse(defaultValues('char-rnn'));
  const shape = { kind: 'text', characters: 5000, vocabulary: { lower: 1, 'as-is': 2 } } as const;
  const misfit = misfitOf(shape, { ...usual, letterCase: 'as-is', windowLength: 300 });
  expect([misfit?.problem ?? '', misfit?.advice ?? ''].map(inEnglish)).toEqual([
    'The validation part has 250 characters, too few for a window of 300.',
    'Set Window length to 249 or less, or Validation share to 7 % or more.',
  ]);
  expect(misfitOf(shape, usual)?.advice).toBe('Set Letters to As it is.');
  expect(() => read(utf8('a'.repeat(6000)))).toThrow('The text has one character alone');
  expect(() => read(utf8('aA'.repeat(3000)))).toThrow('In lower case the text has one character alone');
});
