import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, runQuietly, SetupError, setUp } from './setup.mjs';

/** `npm run setup:cuda`: fetches the CUDA part of ONNX Runtime, some 400 MB, which the package leaves out. */
const runtime = 'node_modules/onnxruntime-node';
const library = join(
  root,
  runtime,
  'bin/napi-v6',
  process.platform,
  process.arch,
  'libonnxruntime_providers_cuda.so',
);

async function fetchLibraries() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      `ONNX Runtime has CUDA libraries for linux-x64 only, this is ${process.platform}-${process.arch}; onnx-webgpu works with any GPU`,
    );
  // Stronger than the line in .npmrc that keeps an ordinary install from fetching them.
  process.env.ONNXRUNTIME_NODE_INSTALL = 'cuda12';
  const failure = 'The CUDA libraries could not be fetched from https://api.nuget.org';
  await runQuietly(failure, [join(runtime, 'script/install.js')]);
  if (!existsSync(library)) throw new SetupError(`${failure}: ${library} is still missing`);
}

try {
  await setUp();
  if (!existsSync(library)) await fetchLibraries();
  console.error(
    'The CUDA libraries are here. onnx-cuda also needs an NVIDIA driver, CUDA 12 and cuDNN 9: "npm run doctor" tells.',
  );
} catch (error) {
  fail(error);
}
