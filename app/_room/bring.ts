import { isOnnx } from '@/lib/onnxFile';
import { own, say, sentenceOf } from '@/lib/text/sentence';
import type { Dropped, Room } from './room';

/** Bytes of a file's beginning that tell an .onnx model. */
const START_BYTES = 64;

async function isModel(file: File): Promise<boolean> {
  return (
    file.name.endsWith('.onnx') || isOnnx(new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer()))
  );
}

/** The files among what was dropped; folders aren't looked into. */
function filesOf(dropped: readonly Dropped[]): Promise<File[]> {
  const files = dropped.flatMap((each) => {
    if (each instanceof File) return [Promise.resolve(each)];
    if (!each.isFile) return [];
    return [new Promise<File>((resolve, reject) => (each as FileSystemFileEntry).file(resolve, reject))];
  });
  return Promise.all(files);
}

async function bringGenerator(room: Room, files: readonly File[]): Promise<void> {
  const name = files[0]?.name ?? '';
  const bring: (...all: File[]) => Promise<void> = room.bringGenerator.bind(room);
  room.bringing.set(null);
  room.notify(say('Trying {name} as a generator', { name: own(name) }));
  try {
    await bring(...files);
    room.notify(say("{name} is this playground's generator now", { name: own(name) }));
    room.wantedView.set('generator');
  } catch (error) {
    room.notify(sentenceOf(error));
  }
}

/**
 * Handles what was dropped or pasted: an .onnx file becomes the playground's generator, all else is offered as
 * data.
 */
export async function bring(room: Room, dropped: readonly Dropped[]): Promise<void> {
  if (dropped.length === 0) return;
  const files = await filesOf(dropped);
  const models = await Promise.all(files.map(isModel));
  const model = files[models.indexOf(true)];
  if (!model) return room.bringing.set([...(room.bringing.get() ?? []), ...dropped]);
  return bringGenerator(room, [model, ...files.filter((file) => file !== model)]);
}

/**
 * What is pasted, as files. Programs for documents add a picture of a text that is copied, systems add the names of
 * files as a text.
 */
export function pastedIn({ files, getText }: { files: readonly File[]; getText(): string }): File[] {
  const text = getText();
  const [only] = files;
  const isPictureOfText = files.length === 1 && only?.name === 'image.png' && text.trim() !== '';
  if (files.length > 0 && !isPictureOfText) return [...files];
  return text.trim() === '' ? [] : [new File([text], 'pasted.txt', { type: 'text/plain' })];
}
