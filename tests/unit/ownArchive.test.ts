import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NameEncoding } from '@/lib/protocol/ownData';
import { cutText } from '@/lib/text/cut';
import { cleanName, shortName } from '@/lib/text/names';
import { openArchive } from '@/server/datasets/own/archive';
import { detectNames } from '@/server/datasets/own/fileNames';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colatent-names-'));
});
afterAll(() => rm(folder, { recursive: true }));

const encoded = (text: string, encoding: NameEncoding): Buffer => iconv.encode(text, encoding);

interface Entry {
  readonly name: Buffer;
  readonly isMarked?: boolean;
  /** The name in the Unicode path field. */
  readonly unicode?: string;
}

/** An archive as programs of all times write them; its files are empty but for a byte. */
function archive(entries: readonly Entry[]): Buffer {
  const packed = deflateRawSync(Buffer.of(65));
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, isMarked, unicode } of entries) {
    const extra = unicode === undefined ? Buffer.alloc(0) : unicodePath(name, unicode);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isMarked ? 0x800 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(Buffer.of(65)), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(1, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const file = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, extra, packed]);
    files.push(file);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), common, place, name, extra);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

function unicodePath(name: Buffer, unicode: string): Buffer {
  const text = Buffer.from(unicode);
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + text.length, 2);
  head.writeUInt8(1, 4);
  head.writeUInt32LE(crc32(name), 5);
  return Buffer.concat([head, text]);
}

async function pathsIn(bytes: Buffer, encoding: NameEncoding | 'auto' = 'auto') {
  const file = join(folder, 'names.zip');
  await writeFile(file, bytes);
  const { files, names, close } = await openArchive(file, 'names.zip', encoding);
  close();
  return { paths: files.map(({ path }) => path), names };
}

test.each([
  ['cp949', ['고양이/1.png', '강아지/1.png']],
  ['cp949', ['사과.png']],
  ['cp949', ['똠방각하/햏.png', '동물/펭귄.png']],
  ['shift-jis', ['ねこ/1.png', 'いぬ/1.png']],
  ['shift-jis', ['写真/猫.png', '写真/犬.png', 'りんご.png']],
  ['shift-jis', ['表/ソース.png']],
  ['gbk', ['苹果/1.png', '香蕉/1.png', '猫狗/新建文件夹.png']],
  ['big5', ['蘋果/1.png', '香蕉/2.png', '貓/照片.png']],
  ['cp437', ['café/Größe.png', 'mañana/Übung.png']],
  ['cp866', ['кошка/1.png', 'собака/2.png']],
  ['utf-8', ['고양이/1.png', 'ねこ/2.png', 'café/3.png']],
] as const)('R40 names in %s that say no encoding are read: %s', async (encoding, paths) => {
  const found = await pathsIn(archive(paths.map((path) => ({ name: encoded(path, encoding) }))));
  expect(found).toMatchObject({ paths, names: { encoding } });
});

test('R40 names of ASCII, marked ones and those with a Unicode path field need no detection', async () => {
  const found = await pathsIn(
    archive([
      { name: Buffer.from('plain.png') },
      { name: Buffer.from('강아지.png'), isMarked: true },
      { name: encoded('고양이.png', 'cp949'), unicode: '고양이.png' },
      { name: Buffer.from('a????.png'), unicode: 'a🐱.png' },
    ]),
  );
  expect(found).toEqual({ paths: ['plain.png', '강아지.png', '고양이.png', 'a🐱.png'], names: null });
});

test('R40 one may say in which encoding names are; those that state theirs keep it', async () => {
  const bytes = archive([
    { name: encoded('苹果/1.png', 'gbk') },
    { name: Buffer.from('고양이.png'), isMarked: true },
  ]);
  const found = await pathsIn(bytes, 'gbk');
  expect(found).toEqual({ paths: ['苹果/1.png', '고양이.png'], names: { encoding: 'gbk', isCertain: true } });
  expect((await pathsIn(bytes, 'utf-8')).paths[1]).toBe('고양이.png');
});

test('R40 names that macOS takes apart are put together again; what only marks a direction goes', async () => {
  const names = ['강아지/é.png'.normalize('NFD'), 'a\u202egnp.exe.png'];
  expect((await pathsIn(archive(names.map((name) => ({ name: Buffer.from(name) }))))).paths).toEqual([
    '강아지/é.png',
    'agnp.exe.png',
  ]);
});

test.each([encoded('../고양이.png', 'cp949'), Buffer.from('..\\evil.png'), Buffer.from('C:\\evil.png')])(
  'R40 names that lead outside are refused in any encoding: %#',
  async (name) => {
    await expect(pathsIn(archive([{ name }]))).rejects.toThrow('names a file outside of its own folder');
  },
);

test('R40 Korean names are told from others, whatever syllables they have', () => {
  const syllable = fc.integer({ min: 0, max: 2349 }).map((i) => [0xb0 + Math.floor(i / 94), 0xa1 + (i % 94)]);
  const name = fc.array(syllable, { minLength: 2, maxLength: 8 }).map((all) => Uint8Array.from(all.flat()));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      expect(detectNames(names)?.encoding).toBe('cp949');
    }),
  );
});

test('names are cut between what one sees as characters, and whole where they fit', () => {
  expect(cutText(`${'a'.repeat(39)}🐱`, 40)).toBe('a'.repeat(39));
  expect(cutText(`${'a'.repeat(39)}🐱`, 41)).toBe(`${'a'.repeat(39)}🐱`);
  expect(cutText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12)).toBe('👨‍👩‍👧‍👦');
  expect(shortName('photographs of the animals in the garden behind cats', 24)).toBe(
    'photographs …behind cats',
  );
  expect(shortName('🐱'.repeat(30), 5)).toBe('🐱🐱…🐱🐱');
  expect(cleanName(' \u0000é\u202e 👨‍👩‍👧 '.normalize('NFD'))).toBe('é 👨‍👩‍👧');
});

test('a name that was cut fits, and is the beginning of the whole, for all of Unicode', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (name, most) => {
      const cut = cutText(name, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(name.startsWith(cut)).toBe(true);
      expect(Buffer.from(cut).toString()).toBe(cut);
    }),
  );
});
