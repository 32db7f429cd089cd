import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { launchBrowser, visit } from './browser';
import type { ExportedFile } from './exports';
import { type FileServer, serve } from './fileServer';

/** The folder of onnxruntime-web's builds. */
const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'));

const types: Readonly<Record<string, string>> = { mjs: 'text/javascript', wasm: 'application/wasm' };

const html = `<!doctype html><title>ONNX Runtime Web</title><script type="module">
  import * as ort from '/runtime/ort.wasm.bundle.min.mjs';
  ort.env.wasm.numThreads = 1;
  window.answers = async (file, trials) => {
    const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
    const arrays = { float32: Float32Array, int32: Int32Array };
    const answers = [];
    for (const feeds of trials) {
      const given = Object.entries(feeds).map(([name, { type, dims, data }]) =>
        [name, new ort.Tensor(type, arrays[type].from(data), dims)]);
      const made = await session.run(Object.fromEntries(given));
      answers.push(Object.fromEntries(Object.entries(made).map(([name, { data }]) => [name, [...data]])));
    }
    await session.release();
    return answers;
  };
</script>`;

/** What the page defines. */
interface OnnxWindow extends Window {
  answers(file: string, trials: object[]): Promise<Record<string, number[]>[]>;
}

/** A page in Chromium that runs files by onnxruntime-web, in WebAssembly. */
export class OnnxPage {
  private constructor(
    private readonly server: FileServer,
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly files: Map<string, Uint8Array>,
  ) {}

  static async open(): Promise<OnnxPage> {
    const files = new Map<string, Uint8Array>();
    const server = await serve(({ url = '/' }, response) => {
      const [, folder, name = ''] = url.split('/');
      const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      if (folder === 'runtime')
        response.writeHead(200, { 'content-type': type }).end(readFileSync(join(runtime, basename(name))));
      else if (files.has(url)) response.writeHead(200).end(files.get(url));
      else response.writeHead(url === '/' ? 200 : 404, { 'content-type': 'text/html' }).end(html);
    });
    const browser = await launchBrowser();
    const { page } = await visit(browser);
    await page.goto(server.address);
    await page.waitForFunction(() => 'answers' in window);
    return new OnnxPage(server, browser, page, files);
  }

  /** The outputs of a file for the feeds of each of its trials. */
  async answers({ name, bytes, trials }: ExportedFile): Promise<Record<string, number[]>[]> {
    const address = `/files/${encodeURIComponent(name)}.onnx`;
    this.files.set(address, bytes);
    return this.page.evaluate(([file, feeds]) => (window as unknown as OnnxWindow).answers(file, feeds), [
      address,
      trials.map(({ feeds }) => feeds),
    ] as const);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}
