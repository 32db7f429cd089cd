import protobuf from 'protobufjs/minimal.js';
import { limits } from '@/lib/protocol/limits';
import { own, SentenceError, say } from '@/lib/text/sentence';

/** Kinds of messages in an ONNX file (onnx.proto3) in which tensors may lie, and the fields that hold others. */
const kinds: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};
/** Fields of a tensor. */
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;
/** Wire type of what says its own length. */
const LENGTH_DELIMITED = 2;

type Bytes = Uint8Array<ArrayBuffer>;
/** What is written, piece by piece; a part of another file stays unread. */
interface Written {
  readonly parts: readonly (Bytes | Blob)[];
  readonly size: number;
}

interface Field {
  readonly id: number;
  readonly whole: Bytes;
  /** The bytes of a message or text. */
  readonly content: Bytes | null;
}

/** @throws RangeError or Error for what isn't the wire format of protocol buffers. */
function* fieldsOf(bytes: Bytes): Generator<Field> {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const [id, type] = [tag >>> 3, tag & 7];
    let content: Bytes | null = null;
    if (type === LENGTH_DELIMITED) {
      const length = reader.uint32();
      // Past the content, and a RangeError where the file ends before it.
      reader.skip(length);
      content = bytes.subarray(reader.pos - length, reader.pos);
    } else reader.skipType(type);
    yield { id, whole: bytes.subarray(start, reader.pos), content };
  }
}

function field(id: number, { parts, size }: Written): Written {
  const head = new Uint8Array(
    protobuf.Writer.create()
      .uint32((id << 3) | LENGTH_DELIMITED)
      .uint32(size)
      .finish(),
  );
  return { parts: [head, ...parts], size: head.length + size };
}

function joined(all: readonly Written[]): Written {
  return { parts: all.flatMap(({ parts }) => parts), size: all.reduce((sum, { size }) => sum + size, 0) };
}

/** Of a tensor whose data lies in another file: `location`, `offset`, `length`. */
function placeOf(tensor: readonly Field[]): ReadonlyMap<string, string> | null {
  const entries = tensor.flatMap(({ id, content }) => (id === EXTERNAL_DATA && content ? [content] : []));
  const decoder = new TextDecoder();
  const pairs = entries.map((entry) => {
    const [key = '', value = ''] = [1, 2].map((wanted) => {
      const found = [...fieldsOf(entry)].find(({ id }) => id === wanted);
      return decoder.decode(found?.content ?? new Uint8Array());
    });
    return [key, value] as const;
  });
  return pairs.length > 0 ? new Map(pairs) : null;
}

/** Writes a model with the weights of other files inside it. */
class Joiner {
  constructor(private readonly weights: readonly File[]) {}

  /** @returns `null` if nothing of it lies in another file. */
  message(bytes: Bytes, kind: string): Written | null {
    const fields = [...fieldsOf(bytes)];
    if (kind === 'tensor') return this.tensor(fields);
    let isChanged = false;
    const written = fields.map(({ id, whole, content }) => {
      const inner = kinds[kind]?.[id];
      const changed = inner && content ? this.message(content, inner) : null;
      if (changed) isChanged = true;
      return changed ? field(id, changed) : { parts: [whole], size: whole.length };
    });
    return isChanged ? joined(written) : null;
  }

  private tensor(fields: readonly Field[]): Written | null {
    const place = placeOf(fields);
    if (!place) return null;
    const name = (place.get('location') ?? '').split(/[\\/]/).at(-1) ?? '';
    const file = this.fileOf(name);
    const offset = Number(place.get('offset') ?? 0);
    const length = Number(place.get('length') ?? file.size - offset);
    if (!(length >= 0 && offset >= 0 && offset + length <= file.size))
      throw new SentenceError(
        say(
          '{name} is too short for the weights that should be in it. Bring the one that was exported with the model',
          { name: own(file.name) },
        ),
      );
    const kept = fields.filter(({ id }) => ![RAW_DATA, EXTERNAL_DATA, DATA_LOCATION].includes(id));
    const data = { parts: [file.slice(offset, offset + length)], size: length };
    return joined([
      ...kept.map(({ whole }) => ({ parts: [whole], size: whole.length })),
      field(RAW_DATA, data),
    ]);
  }

  /** The file of that name; a single one may have been renamed. */
  private fileOf(name: string): File {
    const [only, ...others] = this.weights;
    const found = this.weights.find((file) => file.name === name) ?? (others.length === 0 ? only : undefined);
    if (found) return found;
    throw new SentenceError(
      say(
        'Its weights lie in {name}. Bring both files together, or export one: torch.onnx.export(..., external_data=False)',
        { name: own(name) },
      ),
    );
  }
}

/** Whether the bytes are of protocol buffers, as far as one looks into them for weights. */
function isReadable(bytes: Bytes, kind = 'model'): boolean {
  try {
    for (const { id, content } of fieldsOf(bytes)) {
      const inner = kinds[kind]?.[id];
      if (inner && content && !isReadable(content, inner)) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** The model among files that were brought together. @throws SentenceError */
function modelAmong(files: readonly File[]): File {
  const models = files.filter(({ name }) => /\.onnx$/i.test(name));
  const [model] = models.length > 0 ? models : files;
  if (!model || models.length > 1 || (models.length === 0 && files.length > 1))
    throw new SentenceError('Bring one .onnx file at a time');
  return model;
}

/**
 * An .onnx file with all its weights inside, from the files in which an exporter has put them.
 * @throws SentenceError with what is missing, for the person who brings them.
 */
export async function oneOnnx(files: readonly File[]): Promise<{ name: string; body: Blob }> {
  const model = modelAmong(files);
  const { name } = model;
  const most = limits.generatorBytes;
  const checked = (body: Blob) => {
    if (body.size > most)
      throw new SentenceError(say('A generator has at most {size} MB', { size: most / 2 ** 20 }));
    return { name, body };
  };
  const bytes = new Uint8Array(await checked(model).body.arrayBuffer());
  const joiner = new Joiner(files.filter((file) => file !== model));
  // What is no model the server refuses.
  const written = isReadable(bytes) ? joiner.message(bytes, 'model') : null;
  return checked(written ? new Blob([...written.parts]) : model);
}
