import { RandomStream } from '@/lib/random';
import { drawSprites, glyphs, SPRITE } from './glyphs';

/** One point of the cloud: where it is as noise, and where it belongs. */
interface Mote {
  readonly kind: number;
  readonly noise: readonly [number, number, number];
  readonly home: readonly [number, number, number];
}

const MOTES = 420;
/** Seconds from noise to order and back. */
const PERIOD = 18;
/** Make-believe cursors over the cloud: a friend's and one's own, and how fast they wander. */
const guests = [
  { color: '--person-3', pace: 0.31, phase: 0 },
  { color: '--person-0', pace: 0.23, phase: 2.4 },
] as const;

/** Directions spread evenly over a sphere (Fibonacci lattice), one a class. */
function centre(i: number): [number, number, number] {
  const y = 1 - (2 * i + 1) / glyphs.length;
  const radius = Math.sqrt(1 - y * y);
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  return [radius * Math.cos(angle), y, radius * Math.sin(angle)];
}

export function createMotes(): Mote[] {
  const random = new RandomStream(7, 'sky');
  return Array.from({ length: MOTES }, (_, i) => {
    const kind = i % glyphs.length;
    const [x, y, z] = centre(kind);
    const spread = () => 0.17 * random.normal();
    return {
      kind,
      noise: [0.62 * random.normal(), 0.62 * random.normal(), 0.62 * random.normal()],
      home: [x + spread(), y + spread(), z + spread()],
    };
  });
}

/** 0 is noise, 1 is order; it stays longer at both than between. */
export function orderAt(seconds: number): number {
  const wave = 0.5 - 0.5 * Math.cos((2 * Math.PI * seconds) / PERIOD);
  return wave * wave * wave * (wave * (6 * wave - 15) + 10);
}

/** Draws the cloud into a canvas; `seconds` alone decides the picture. */
export class Sky {
  private readonly motes = createMotes();
  private sprites = drawSprites();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly pen: CanvasRenderingContext2D,
    /** What is written at the cursors. */
    private readonly names: readonly [friend: string, own: string],
  ) {}

  /** Takes the present theme's colours. */
  recolor(): void {
    this.sprites = drawSprites();
  }

  draw(seconds: number): void {
    const { canvas, pen } = this;
    const ratio = Math.min(2, devicePixelRatio);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const wide = width >= 1024;
    const view = Math.min(height, innerHeight);
    const middle = { x: width * (wide ? 0.72 : 0.5), y: view * (wide ? 0.43 : 0.23) };
    const size = wide ? Math.min(width * 0.22, view * 0.33) : Math.min(width * 0.34, view * 0.16);
    this.drawMotes(seconds, middle, size);
    for (const [i, guest] of guests.entries())
      this.drawGuest({ ...guest, name: this.names[i] ?? '' }, seconds, middle, size);
  }

  private drawMotes(seconds: number, middle: { x: number; y: number }, size: number): void {
    const order = orderAt(seconds);
    const turn = seconds * 0.12;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const placed = this.motes.map(({ kind, noise, home }, i) => {
      const drift = 0.03 * Math.sin(seconds * 0.7 + i);
      const [x, y, z] = noise.map((from, axis) => from + ((home[axis] ?? 0) - from) * order + drift) as [
        number,
        number,
        number,
      ];
      return { kind, x: cos * x + sin * z, y, z: cos * z - sin * x };
    });
    placed.sort((a, b) => a.z - b.z);
    for (const { kind, x, y, z } of placed) {
      const near = 3 / (3.4 - z);
      const side = size * 0.085 * near;
      this.pen.globalAlpha = Math.min(1, Math.max(0.25, 0.65 + 0.35 * z));
      this.pen.drawImage(
        this.sprites,
        kind * SPRITE,
        0,
        SPRITE,
        SPRITE,
        middle.x + x * size * near - side / 2,
        middle.y + y * size * near - side / 2,
        side,
        side,
      );
    }
    this.pen.globalAlpha = 1;
  }

  private drawGuest(
    guest: (typeof guests)[number] & { readonly name: string },
    seconds: number,
    middle: { x: number; y: number },
    size: number,
  ): void {
    const { pen } = this;
    const time = seconds * guest.pace + guest.phase;
    const style = getComputedStyle(document.documentElement);
    pen.save();
    pen.translate(middle.x + size * 0.95 * Math.sin(time), middle.y + size * 0.7 * Math.sin(1.7 * time + 1));
    pen.fillStyle = style.getPropertyValue(guest.color);
    pen.strokeStyle = style.getPropertyValue('--paper');
    pen.lineWidth = 1.5;
    const arrow = new Path2D('M0 0l14 10-6.5 1-3.5 6z');
    pen.fill(arrow);
    pen.stroke(arrow);
    pen.font = `500 12px ${getComputedStyle(document.body).fontFamily}`;
    const width = pen.measureText(guest.name).width + 16;
    pen.beginPath();
    pen.roundRect(12, 15, width, 20, 10);
    pen.fill();
    pen.fillStyle = style.getPropertyValue('--paper');
    pen.fillText(guest.name, 20, 29);
    pen.restore();
  }
}
