import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Matrix4,
  Points,
  Scene,
  WebGLRenderer,
} from 'three';
import type { FrameStore } from '../_client/frameStore';
import { onDemand, prefersReducedMotion } from './animation';
import { CloudCamera, type CloudPlace } from './cloudCamera';
import { CloudMaterial, type Colouring } from './cloudMaterial';
import { type CloudHit, drawingOrder, Glide, nearestPoint, normalise } from './cloudMath';
import type { Palette } from './palette';

/** Milliseconds that points take to their new places. */
const GLIDE_MS = 300;
/** World units: a bead's and a picture's diameter in a cloud of `DENSE` points. */
const BEAD = 0.045;
const PICTURE = 0.14;
const DENSE = 2000;
/** CSS pixels that a pointer may move between down and up to count as a press. */
const CLICK_REACH = 4;
/** Device pixels a CSS pixel, at most: more costs much and shows little. */
const MOST_PIXEL_RATIO = 2;

interface CloudEvents {
  onHover(hit: CloudHit | null): void;
  /** Somebody pressed a point, or where there is none. */
  onChoose(index: number | null): void;
  /** The cloud began or ceased to turn by itself. */
  onTurning(isTurning: boolean): void;
  /** The graphics context went away (`true`) or came back. */
  onLost(isLost: boolean): void;
}

/** The latent cloud outside React. Draws while something moves, and otherwise only when told. */
export class CloudScene {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly view: CloudCamera;
  private readonly look: CloudMaterial;
  private readonly points: Points<BufferGeometry>;
  private readonly drawing = onDemand((now) => this.draw(now));
  private readonly closing: (() => void)[] = [];
  private glide: Glide | null = null;
  private order = new Uint32Array();
  private pointer: { x: number; y: number } | null = null;
  private hit: CloudHit | null = null;
  private isVisible = true;
  private isTurning = false;
  private hasThumbnails = false;
  private selection: ReadonlySet<number> | null = null;
  /** Where the pointer went down, in CSS pixels of the page. */
  private pressed: { readonly x: number; readonly y: number } | null = null;
  private drawnAt = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    context: WebGL2RenderingContext,
    private readonly frames: FrameStore,
    private palette: Palette,
    private readonly events: CloudEvents,
  ) {
    this.renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
    this.look = new CloudMaterial(palette);
    this.points = new Points(new BufferGeometry(), this.look.material);
    this.points.frustumCulled = false;
    this.scene.add(this.points);
    this.view = new CloudCamera(canvas, {
      onChange: () => this.drawing.request(),
      onTouch: () => this.setTurning(false),
    });
    this.listen();
    this.observe();
    this.setTurning(!prefersReducedMotion());
    this.takePoints();
  }

  setPalette(palette: Palette): void {
    this.palette = palette;
    this.look.setPalette(palette);
    this.showPictures();
  }

  /** Shows one class, the others faintly; `null` shows all. */
  isolate(category: number | null): void {
    this.look.uniforms.isolated.value = category ?? -1;
    this.drawing.request();
  }

  /** Shows some points, the others faintly, whatever their class; `null` ends that. */
  isolatePoints(points: readonly number[] | null): void {
    this.selection = points && new Set(points);
    this.mark();
    this.drawing.request();
  }

  /** Marks a point; `null` none. */
  choose(index: number | null): void {
    this.look.uniforms.chosen.value = index ?? -1;
    this.drawing.request();
  }

  colourBy(colouring: Colouring): void {
    this.look.uniforms.byLoss.value = colouring === 'loss';
    this.drawing.request();
  }

  place(): CloudPlace {
    return this.view.place();
  }

  lookFrom(place: CloudPlace): void {
    this.view.lookFrom(place);
  }

  setThumbnails(hasThumbnails: boolean): void {
    this.hasThumbnails = hasThumbnails;
    this.showPictures();
  }

  setTurning(isTurning: boolean): void {
    if (this.isTurning === isTurning) return;
    this.isTurning = isTurning;
    this.events.onTurning(isTurning);
    this.drawing.request();
  }

  fitView(): void {
    this.view.fit();
  }

  dispose(): void {
    this.drawing.stop();
    for (const close of this.closing) close();
    this.view.dispose();
    this.points.geometry.dispose();
    this.look.dispose();
    this.renderer.dispose();
  }

  private listen(): void {
    const { canvas, closing } = this;
    const on = (type: string, handle: (event: Event) => void) => {
      canvas.addEventListener(type, handle);
      closing.push(() => canvas.removeEventListener(type, handle));
    };
    on('pointermove', (event) => event instanceof PointerEvent && this.point(event));
    on('pointerleave', () => this.unpoint());
    on('pointerdown', (event) => {
      if (event instanceof PointerEvent) this.pressed = { x: event.clientX, y: event.clientY };
    });
    on('pointerup', (event) => event instanceof PointerEvent && this.release(event));
    // Without this the browser would not give the context back.
    on('webglcontextlost', (event) => {
      event.preventDefault();
      this.events.onLost(true);
    });
    on('webglcontextrestored', () => {
      this.events.onLost(false);
      this.drawing.request();
    });
    closing.push(this.frames.subscribe('points', () => this.takePoints()));
    closing.push(this.frames.subscribe('assets', () => this.takeAssets()));
    // A film takes the canvas in the frame in which the playhead has moved.
    closing.push(this.frames.playhead.subscribe(() => this.drawing.request()));
  }

  private observe(): void {
    const resized = new ResizeObserver(() => this.fitCanvas());
    resized.observe(this.canvas);
    const seen = new IntersectionObserver(([entry]) => {
      this.isVisible = entry?.isIntersecting ?? true;
      this.drawing.request();
    });
    seen.observe(this.canvas);
    this.closing.push(
      () => resized.disconnect(),
      () => seen.disconnect(),
    );
  }

  private takePoints(): void {
    const cloud = this.frames.get('points');
    this.points.visible = cloud !== null;
    const positions = cloud && normalise(cloud.positions);
    this.view.setFlat(cloud?.dimensions === '2');
    if (!positions) this.clear();
    else if (this.glide?.now.length === positions.length) this.glide.moveTo(positions, performance.now());
    else this.build(positions);
    this.mark();
    this.drawing.request();
  }

  /** What points have besides their class: loss, and whether they are of the selection. */
  private mark(): void {
    const losses = this.frames.get('points')?.channels.loss?.bytes;
    const { selection } = this;
    const count = this.order.length;
    const loss = Float32Array.from({ length: count }, (_, i) => (losses ? (losses[i] ?? 0) / 255 : -1));
    const kept = Float32Array.from({ length: count }, (_, i) => (selection?.has(i) ? 1 : 0));
    this.look.uniforms.hasSelection.value = selection !== null;
    for (const [name, values] of Object.entries({ loss, kept })) {
      const attribute = this.points.geometry.getAttribute(name);
      if (attribute instanceof BufferAttribute && attribute.count === count) {
        attribute.array.set(values);
        attribute.needsUpdate = true;
      } else this.points.geometry.setAttribute(name, new BufferAttribute(values, 1));
    }
  }

  /** A press that went nowhere chooses the point under it. */
  private release({ clientX, clientY }: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    if (!pressed || Math.hypot(clientX - pressed.x, clientY - pressed.y) > CLICK_REACH) return;
    this.events.onChoose(this.hit?.index ?? null);
  }

  private clear(): void {
    this.glide = null;
    this.hit = null;
    this.events.onHover(null);
  }

  /** Buffers for a cloud of another size. */
  private build(positions: Float32Array): void {
    this.glide = new Glide(positions, prefersReducedMotion() ? 0 : GLIDE_MS);
    this.order = Uint32Array.from({ length: positions.length / 3 }, (_, i) => i);
    this.points.geometry.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(this.glide.now, 3).setUsage(DynamicDrawUsage));
    geometry.setIndex(new BufferAttribute(this.order, 1).setUsage(DynamicDrawUsage));
    this.points.geometry = geometry;
    this.takeAssets();
  }

  private takeAssets(): void {
    const labels = this.frames.get('assets')?.labels;
    const categories = new Float32Array(this.order.length).map((_, i) => labels?.[i] ?? -1);
    this.points.geometry.setAttribute('category', new BufferAttribute(categories, 1));
    this.showPictures();
  }

  private showPictures(): void {
    const assets = this.hasThumbnails ? this.frames.get('assets') : null;
    this.look.setPictures(assets, this.palette);
    const crowd = Math.cbrt(DENSE / Math.max(1, this.order.length));
    this.look.uniforms.diameter.value = (assets ? PICTURE : BEAD) * crowd;
    this.drawing.request();
  }

  private fitCanvas(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const ratio = Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.view.setAspect(width / height);
    this.look.uniforms.pixelsPerUnit.value = height * ratio * this.view.unitHeight;
    // A resized canvas is empty: draw before it is shown.
    this.draw(performance.now());
  }

  /** @returns whether another frame must follow. */
  private draw(now: number): boolean {
    if (!this.isVisible || this.renderer.getContext().isContextLost()) return false;
    const seconds = Math.min(0.1, (now - this.drawnAt) / 1000);
    this.drawnAt = now;
    // It holds still while somebody looks at a point.
    const isTurning = this.isTurning && this.hit === null && this.glide !== null && !this.view.isFlat;
    this.view.setTurning(isTurning);
    const hasMoved = this.view.advance(seconds);
    const isGliding = this.glide?.advance(now) ?? false;
    if (this.glide) this.arrange(this.glide.now);
    this.look.uniforms.distance.value = this.view.distance;
    this.look.uniforms.hovered.value = this.hit?.index ?? -1;
    this.renderer.render(this.scene, this.view.camera);
    return isTurning || hasMoved || isGliding;
  }

  /** Puts the points in drawing order and finds the one under the pointer. */
  private arrange(positions: Float32Array): void {
    drawingOrder(this.order, positions, this.view.camera.position.toArray());
    const { geometry } = this.points;
    for (const buffer of [geometry.getAttribute('position'), geometry.index])
      if (buffer instanceof BufferAttribute) buffer.needsUpdate = true;
    this.pick(positions);
  }

  /** Pages may be zoomed by CSS, so places are taken as shares of the canvas. */
  private point({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { clientWidth, clientHeight } = this.canvas;
    this.pointer = {
      x: ((clientX - left) / width) * clientWidth,
      y: ((clientY - top) / height) * clientHeight,
    };
    this.drawing.request();
  }

  private unpoint(): void {
    this.pointer = null;
    this.drawing.request();
  }

  private pick(positions: Float32Array): void {
    const { camera } = this.view;
    const matrix = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    const screen = { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
    const isolated = this.look.uniforms.isolated.value;
    const labels = this.frames.get('assets')?.labels;
    const { selection } = this;
    const accepts = (index: number) =>
      selection ? selection.has(index) : isolated < 0 || labels?.[index] === isolated;
    const hit = this.pointer && nearestPoint(positions, matrix.toArray(), screen, this.pointer, accepts);
    const isSame = hit?.index === this.hit?.index && hit?.x === this.hit?.x && hit?.y === this.hit?.y;
    this.hit = hit;
    if (!isSame) this.events.onHover(hit);
  }
}
