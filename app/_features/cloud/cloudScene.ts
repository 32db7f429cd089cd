import { Matrix4, Scene, WebGLRenderer } from 'three';
import type { FrameStore } from '@/app/_room/frameStore';
import { createStore } from '@/app/_room/store';
import { type Hands, watchHands } from '@/app/_ui/hands';
import { onDemand, prefersReducedMotion } from '@/app/_view/animation';
import type { Palette } from '@/app/_view/palette';
import type { PictureBatch } from '@/app/_view/pixels';
import { type CameraPosition, CloudCamera } from './cloudCamera';
import { type CloudHit, nearestPoint } from './cloudMath';
import { type Share, type SpacePoint, shareOf, spacePoint, spaceUnder } from './cloudPlaces';
import { CloudPoints, type ColourScale, subjectsOf } from './cloudPoints';
import type { Colouring } from './colouring';

/** CSS pixels that a pointer may move between down and up to count as a press. */
const CLICK_REACH = 4;
/** Device pixels a CSS pixel, at most: more costs much and shows little. */
const MOST_PIXEL_RATIO = 2;
/** A cloud that only turns is drawn anew when its edge has moved by so many device pixels, or after so many seconds. */
const SEEN_TURN = { pixels: 0.5, seconds: 0.1 };

interface CloudEvents {
  onHover(hit: CloudHit | null): void;
  /** Somebody pressed a point, or where there is none. */
  onChoose(index: number | null): void;
  /** The cloud began or ceased to turn by itself. */
  onTurning(isTurning: boolean): void;
  /** It has been drawn; the camera may have moved. */
  onDraw(): void;
  /** The graphics context went away (`true`) or came back. */
  onLost(isLost: boolean): void;
}

/** The cloud's 3D scene, outside React. Draws while something moves, and otherwise on request. */
export class CloudScene {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly view: CloudCamera;
  private readonly points: CloudPoints;
  private readonly drawing = onDemand((now) => this.draw(now));
  private readonly closing: (() => void)[] = [];
  private readonly matrix = new Matrix4();
  /** The continuous colour scale; `null` while colours are of classes. */
  readonly scale = createStore<ColourScale | null>(null);
  /** Points have come since the last draw. */
  private isStale = true;
  private pointer: { x: number; y: number } | null = null;
  private hit: CloudHit | null = null;
  private isVisible = true;
  private isTurning = false;
  /** In a tile it doesn't turn. */
  private isLarge = false;
  private readonly hands: Hands;
  private pictures: PictureBatch | null = null;
  /** Where the pointer went down, in CSS pixels of the page. */
  private pressed: { readonly x: number; readonly y: number } | null = null;
  private drawnAt = 0;
  /** Something has changed since the last draw, besides the turning. */
  private isChanged = true;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    context: WebGL2RenderingContext,
    private readonly frames: FrameStore,
    palette: Palette,
    private readonly events: CloudEvents,
  ) {
    // Beads and pictures have soft edges of their own, and samples a pixel cost a lot.
    this.renderer = new WebGLRenderer({ canvas, context, antialias: false, alpha: true });
    this.points = new CloudPoints(palette);
    this.scene.add(this.points.object);
    this.view = new CloudCamera(canvas, {
      onChange: () => this.redraw(),
      onTouch: () => this.setTurning(false),
    });
    this.hands = watchHands(() => this.redraw());
    this.closing.push(() => this.hands.stop());
    this.listen();
    this.observe();
    this.setTurning(!prefersReducedMotion());
    this.redraw();
  }

  setPalette(palette: Palette): void {
    this.points.setPalette(palette);
    this.tellScale();
    this.showPictures();
  }

  /** Shows one class, the others faintly; `null` shows all. */
  isolate(category: number | null): void {
    this.points.look.uniforms.isolated.value = category ?? -1;
    this.redraw();
  }

  /** Shows some points, the others faintly, whatever their class; `null` ends that. */
  isolatePoints(points: readonly number[] | null): void {
    this.points.select(points);
    this.redraw();
  }

  /** Marks a point; `null` none. */
  choose(index: number | null): void {
    this.points.look.uniforms.chosen.value = index ?? -1;
    this.redraw();
  }

  colourBy(colouring: Colouring): void {
    this.points.colourBy(colouring);
    this.tellScale();
    this.redraw();
  }

  position(): CameraPosition {
    return this.view.position();
  }

  lookFrom(position: CameraPosition): void {
    this.view.lookFrom(position);
  }

  /** A picture of each point; `null` shows beads. */
  setPictures(pictures: PictureBatch | null): void {
    if (pictures === this.pictures) return;
    this.pictures = pictures;
    this.showPictures();
  }

  setTurning(isTurning: boolean): void {
    if (this.isTurning === isTurning) return;
    this.isTurning = isTurning;
    this.events.onTurning(isTurning);
    this.redraw();
  }

  setLarge(isLarge: boolean): void {
    this.isLarge = isLarge;
    this.redraw();
  }

  /** To be called when somebody is active elsewhere on the page. */
  stir(): void {
    this.hands.stir();
  }

  fitView(): void {
    this.view.fit();
  }

  /** Where the pointer points to, shares of the canvas: the point of the cloud that it finds, or a place between. */
  spaceUnder(at: Share): SpacePoint | null {
    this.pick();
    const { hit, points, view } = this;
    if (hit) return spacePoint(points.positions(), hit.index);
    return points.count > 0 ? spaceUnder(view.camera, at, view.isFlat) : null;
  }

  /** Where a point of its space is seen now. */
  shareOf = (point: SpacePoint): Share | null => shareOf(this.view.camera, point);

  private redraw(): void {
    this.isChanged = true;
    this.drawing.request();
  }

  dispose(): void {
    this.drawing.stop();
    for (const close of this.closing) close();
    this.view.dispose();
    this.points.dispose();
    this.renderer.dispose();
  }

  private listen(): void {
    const { canvas, closing } = this;
    const on = (type: string, handle: (event: Event) => void) => {
      canvas.addEventListener(type, handle);
      closing.push(() => canvas.removeEventListener(type, handle));
    };
    on('pointermove', (event) => event instanceof PointerEvent && this.point(event));
    on('pointerleave', () => {
      this.pointer = null;
      this.redraw();
    });
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
      this.redraw();
    });
    closing.push(this.frames.subscribe('points', this.takePoints));
    closing.push(this.frames.subscribe('assets', () => this.takeAssets()));
    const shown = () => (document.hidden ? this.drawing.stop() : this.redraw());
    document.addEventListener('visibilitychange', shown);
    closing.push(() => document.removeEventListener('visibilitychange', shown));
    // A film takes the canvas in the frame in which another moment is shown.
    closing.push(this.frames.moment.subscribe(() => this.redraw()));
  }

  private observe(): void {
    const resized = new ResizeObserver(() => this.fitCanvas());
    resized.observe(this.canvas);
    const seen = new IntersectionObserver(([entry]) => {
      this.isVisible = entry?.isIntersecting ?? true;
      this.redraw();
    });
    seen.observe(this.canvas);
    this.closing.push(
      () => resized.disconnect(),
      () => seen.disconnect(),
    );
  }

  /** Notes that points have come: the newest are taken when the scene is drawn next. */
  private readonly takePoints = (): void => {
    this.isStale = true;
    this.redraw();
  };

  private showPoints(now: number): void {
    this.isStale = false;
    const cloud = this.frames.get('points');
    const { count } = this.points;
    this.points.take(cloud, this.labels, this.frames.way === 'at once' ? Number.NEGATIVE_INFINITY : now);
    this.view.setFlat(cloud?.dimensions === '2');
    if (!cloud) this.setHit(null);
    else if (this.points.count !== count) this.showPictures();
    this.tellScale();
  }

  /** Classes of the points if they are of the run's fixed pictures. */
  private get labels(): Uint8Array | null {
    const cloud = this.frames.get('points');
    return cloud && subjectsOf(cloud) === 'images' ? (this.frames.get('assets')?.labels ?? null) : null;
  }

  private tellScale(): void {
    const [before, now] = [this.scale.get(), this.points.scale];
    const keys = ['low', 'high', 'css'] as const;
    if (keys.some((key) => before?.[key] !== now?.[key])) this.scale.set(now);
  }

  /** A press that went nowhere chooses the point under it. */
  private release({ clientX, clientY }: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    if (!pressed || Math.hypot(clientX - pressed.x, clientY - pressed.y) > CLICK_REACH) return;
    this.events.onChoose(this.hit?.index ?? null);
  }

  private takeAssets(): void {
    this.points.showCategories(this.labels);
    this.redraw();
  }

  private showPictures(): void {
    this.points.showPictures(this.pictures);
    this.redraw();
  }

  private fitCanvas(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const ratio = Math.min(devicePixelRatio, MOST_PIXEL_RATIO);
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.view.setAspect(width / height);
    this.points.look.uniforms.pixelsPerUnit.value = height * ratio * this.view.unitHeight;
    // A resized canvas is empty: draw before it is shown. Where no GPU composes the page that frame may be lost: once more.
    this.draw(performance.now());
    this.redraw();
  }

  /** @returns whether another frame must follow. */
  private draw(now: number): boolean {
    if (!this.isVisible || document.hidden || this.renderer.getContext().isContextLost()) return false;
    const { points, view } = this;
    const seconds = Math.min(SEEN_TURN.seconds, (now - this.drawnAt) / 1000);
    if (!this.isChanged && seconds < this.turnSeconds) return true;
    this.isChanged = false;
    if (this.isStale) this.showPoints(now);
    this.drawnAt = now;
    const isTurning = this.isTurning && this.canTurn;
    view.setTurning(isTurning);
    const hasMoved = view.advance(seconds);
    const isGliding = points.advance(now, view.camera.position);
    this.pick();
    points.look.uniforms.distance.value = view.distance;
    points.look.uniforms.hovered.value = this.hit?.index ?? -1;
    this.renderer.render(this.scene, view.camera);
    this.events.onDraw();
    this.isChanged = isGliding || (hasMoved && !isTurning);
    return isTurning || this.isChanged;
  }

  /** It holds still in a tile, while somebody looks at a point, and when nobody has moved for long. */
  private get canTurn(): boolean {
    const hasDepth = this.points.count > 0 && !this.view.isFlat;
    return this.isLarge && hasDepth && this.hit === null && !this.hands.areResting;
  }

  /** Seconds after which the slow turn has moved visibly. */
  private get turnSeconds(): number {
    const edge = this.renderer.domElement.height / 2;
    return Math.min(SEEN_TURN.seconds, SEEN_TURN.pixels / (edge * this.view.turnSpeed));
  }

  /** Pages may be zoomed by CSS, so places are taken as shares of the canvas. */
  private point({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { clientWidth, clientHeight } = this.canvas;
    this.pointer = {
      x: ((clientX - left) / width) * clientWidth,
      y: ((clientY - top) / height) * clientHeight,
    };
    this.redraw();
  }

  /** Finds the point under the pointer. */
  private pick(): void {
    if (!this.pointer || this.points.count === 0) {
      this.setHit(null);
      return;
    }
    const { points, view } = this;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { elements } = this.matrix.multiplyMatrices(
      view.camera.projectionMatrix,
      view.camera.matrixWorldInverse,
    );
    const isolated = points.look.uniforms.isolated.value;
    const categories = points.categories(this.labels);
    const accepts = (index: number) =>
      points.isSelected(index) ?? (isolated < 0 || categories?.[index] === isolated);
    this.setHit(nearestPoint(points.positions(), elements, { width, height }, this.pointer, accepts));
  }

  private setHit(hit: CloudHit | null): void {
    const isSame = hit?.index === this.hit?.index && hit?.x === this.hit?.x && hit?.y === this.hit?.y;
    this.hit = hit;
    if (!isSame) this.events.onHover(hit);
  }
}
