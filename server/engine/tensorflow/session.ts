import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binding } from './binding';
import { decodeSavedModel, type Signatures, TAG } from './proto';

/** Tensors that live in the binding, as their ids, by name. Whoever is given them deletes them. */
export type Tensors = Readonly<Record<string, number>>;

/** A SavedModel that the binding has loaded, with its variables. */
export class Session {
  private constructor(
    private readonly binding: Binding,
    private readonly id: number,
    private readonly signatures: Signatures,
  ) {}

  /**
   * Loads the bytes of a `saved_model.pb`. TensorFlow reads models from folders: this one's is temporary, and gone
   * once the model is loaded.
   * @throws Error of TensorFlow's if it can't load it.
   */
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

  /**
   * Runs one signature.
   * @param feeds what it takes, by the signature's names; more may be there, and is left alone.
   * @returns new tensors, by the signature's names.
   */
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

  /** Frees the model and its variables. */
  release(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
