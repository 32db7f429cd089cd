import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binding } from './binding';
import { decodeSavedModel, type Signatures, TAG } from './proto';

/** Ids of the binding's tensors, by name. Whoever gets them deletes them. */
export type Tensors = Readonly<Record<string, number>>;

/** A loaded SavedModel. */
export class Session {
  private constructor(
    private readonly binding: Binding,
    private readonly id: number,
    private readonly signatures: Signatures,
  ) {}

  /** TensorFlow reads models from folders: this one's is temporary, and gone once it is loaded. */
  static async load(binding: Binding, model: Uint8Array): Promise<Session> {
    const folder = await mkdtemp(join(tmpdir(), 'colatent-'));
    try {
      await writeFile(join(folder, 'saved_model.pb'), model);
      const { signatures } = decodeSavedModel(model);
      return new Session(binding, binding.loadSavedModel(folder, TAG), signatures);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Runs what a signature says; of `feeds` only what it takes is used. */
  run(signature: string, feeds: Tensors): Tensors {
    const { inputs, outputs } = this.signatures[signature] ?? { inputs: {}, outputs: {} };
    const fed = Object.entries(inputs);
    const fetched = Object.entries(outputs);
    const results = this.binding.runSavedModel(
      this.id,
      fed.map(([name]) => feeds[name] as number),
      fed.map(([, { name }]) => name).join(),
      fetched.map(([, { name }]) => name).join(),
    );
    return Object.fromEntries(fetched.map(([name], i) => [name, results[i]?.id as number]));
  }

  release(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
