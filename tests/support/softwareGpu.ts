import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { findChromium } from './chromium.mjs';

/** glibc's RTLD_NODELETE: the library stays loaded although Node closes what isn't an addon. */
const KEEP_LOADED = 0x1000;

/**
 * Makes Chromium's software GPU (SwiftShader and its Vulkan loader) visible to this process, so that
 * `onnx-webgpu` runs on a machine without one. A machine's own Vulkan loader is left in place.
 * @returns false where the browser ships no SwiftShader.
 */
export async function provideSoftwareGpu(): Promise<boolean> {
  const browser = await findChromium();
  if (!browser) return false;
  const folder = [dirname(browser), '/usr/lib/chromium', '/usr/lib/chromium-browser'].find((each) =>
    existsSync(join(each, 'vk_swiftshader_icd.json')),
  );
  if (!folder) return false;
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  try {
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_LAZY | KEEP_LOADED);
  } catch {
    // Always: it is no addon. What counts is that it is loaded now.
  }
  return true;
}
