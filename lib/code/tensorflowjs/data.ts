import { imageSizeOf } from '../images';
import type { ImageRecipe, Section } from '../program';
import { dataName, imageSource } from '../sources';
import { text } from '../template';

type Source = ReturnType<typeof imageSource>;

const showShades = text`
  /** An image's pixels from 0 to 1, drawn with characters. */
  function show(pixels) {
    const shades = ' .:-=+*#%@';
    for (let y = 0; y < HEIGHT; y++) {
      const row = Array.from({ length: WIDTH }, (_, x) => pixels[y * WIDTH + x]);
      console.log(row.map((value) => shades[Math.round(value * 9)].repeat(2)).join(''));
    }
  }
`;

const showColours = text`
  /** An image's pixels from 0 to 1, drawn in the colours that terminals and consoles of browsers know. */
  function show(pixels) {
    for (let y = 0; y < HEIGHT; y++) {
      const row = Array.from({ length: WIDTH }, (_, x) => {
        const from = (y * WIDTH + x) * CHANNELS;
        const colour = Array.from(pixels.slice(from, from + CHANNELS), (value) => Math.round(value * 255));
        return \`\x1b[48;2;\${colour.join(';')}m  \`;
      });
      console.log(\`\${row.join('')}\x1b[0m\`);
    }
  }
`;

/** `bytes`, uint8 of all images. */
function loading(source: Source): string {
  if (source.kind === 'fashion-mnist')
    return text`
      const response = await fetch(
        '${source.idx}',
      );
      if (!response.ok) throw new Error(\`No data: \${response.status} \${response.statusText}\`);
      const unzipped = response.body.pipeThrough(new DecompressionStream('gzip'));
      // An IDX file of images has a header of 16 bytes.
      const bytes = new Uint8Array(await new Response(unzipped).arrayBuffer()).subarray(16);
    `;
  const reading =
    source.kind === 'npy'
      ? text`
          // NumPy's header says in its bytes 8 and 9 how long it is.
          const bytes = file.subarray(10 + file[8] + 256 * file[9]);
        `
      : text`
          // The length of a header, the header, a label an image, the images.
          const start = 4 + new DataView(file.buffer).getUint32(0, true);
          const bytes = file.subarray(start + (file.length - start) / (1 + PIXELS));
        `;
  return text`
    const response = await fetch(
      '${source.address}',
    );
    if (!response.ok) throw new Error(\`No data: \${response.status} \${response.statusText}\`);
    const file = new Uint8Array(await response.arrayBuffer());
    ${reading}
  `;
}

/** `bytes`, `count` images in them, and `imagesOf(rows)`, [rows, PIXELS] from 0 to 1. */
export function imageData(recipe: ImageRecipe, site: string): Section {
  const source = imageSource(recipe, site);
  const { height, width, channels } = imageSizeOf(recipe);
  const isPublished = source.kind === 'fashion-mnist';
  const origin = isPublished ? '' : ' It comes from the Colatent server that this recipe is on.';
  return {
    title: 'Data',
    about: `${dataName(recipe).label}.${origin} Pixels become numbers from 0 to 1.`,
    code: text`
      const [HEIGHT, WIDTH, CHANNELS] = [${height}, ${width}, ${channels}];
      const PIXELS = HEIGHT * WIDTH * CHANNELS;

      ${loading(source)}
      const count = bytes.length / PIXELS;

      /** Images by their numbers, [rows, PIXELS] from 0 to 1. */
      function imagesOf(rows) {
        const pixels = new Float32Array(rows.length * PIXELS);
        rows.forEach((row, i) => pixels.set(bytes.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS));
        return tf.div(tf.tensor2d(pixels, [rows.length, PIXELS]), 255);
      }

      ${channels === 1 ? showShades : showColours}
    `,
  };
}
