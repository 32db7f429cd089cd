import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Points, Vector3 } from 'three';
import type { Cloud } from '@/app/_room/frameStore';
import { prefersReducedMotion } from '@/app/_view/animation';
import type { Palette } from '@/app/_view/palette';
import type { PictureBatch } from '@/app/_view/pixels';
import { type SubjectKind, sources } from '@/lib/catalog/sources';
import { type Channels, unpackPoints } from '@/lib/protocol/pointPacking';
import { CloudMaterial, NO_CATEGORY } from './cloudMaterial';
import { DrawingOrder, Glide, normalise } from './cloudMath';
import { Movement } from './cloudMovement';
import { cssRamp, rampOf } from './cloudRamp';
import type { Colouring } from './colouring';

/** Milliseconds in which points glide to new positions. */
const GLIDE_MS = 300;
/** World units: a bead's and a picture's diameter in a cloud of `DENSE` points. */
const BEAD = 0.045;
const PICTURE = 0.14;
const DENSE = 2000;
/** Cosine of the angle by which the view may turn before points are put in order anew: 1 degree. */
const SAME_VIEW = Math.cos(Math.PI / 180);
/** Share of their way that points may glide before they are. */
const SAME_SHARE = 0.1;

/** A continuous colour scale: the values of its ends, and its colours. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  /** As a CSS gradient to the right. */
  readonly css: string;
}

/** The subjects of its points; frames of earlier versions had images only. */
export const subjectsOf = ({ source = 'codings' }: Cloud): SubjectKind => sources[source].subjects;

/** The points as buffers on the graphics card; between two drawn frames only a few uniforms change. */
export class CloudPoints {
  readonly look: CloudMaterial;
  readonly object: Points<BufferGeometry>;
  private glide: Glide | null = null;
  private order = new DrawingOrder(0);
  private movement: Movement | null = null;
  private channels: Channels = {};
  private colouring: Colouring = 'class';
  /** The eye, and the share of the glide, by which points were last sorted. */
  private readonly orderedFrom = new Vector3();
  private orderedShare = Number.NaN;
  private readonly eye = new Vector3();
  private subjects: SubjectKind | null = null;
  private selection: ReadonlySet<number> | null = null;
  private shownScale: ColourScale | null = null;

  constructor(private palette: Palette) {
    this.look = new CloudMaterial(palette);
    this.object = new Points(new BufferGeometry(), this.look.material);
    this.object.frustumCulled = false;
    this.object.visible = false;
  }

  get count(): number {
    return this.glide ? this.order.order.length : 0;
  }

  /** `null` while colours are of classes. */
  get scale(): ColourScale | null {
    return this.shownScale;
  }

  /** Where the points are now, float32 [count, 3]. */
  positions(): Float32Array {
    return this.glide?.now() ?? new Float32Array();
  }

  /** The class of each point; `null` where it isn't known. */
  categories(labels: Uint8Array | null): Uint8Array | null {
    return this.channels.class?.bytes ?? labels;
  }

  /** Takes the points of a frame; if their subjects are the same as before they glide. */
  take(cloud: Cloud | null, labels: Uint8Array | null, now: number): void {
    this.object.visible = cloud !== null;
    if (!cloud) {
      this.glide = null;
      this.movement = null;
      return;
    }
    const { positions: unpacked, channels } = unpackPoints(cloud, cloud.payload);
    const positions = normalise(unpacked);
    const isClassed = this.channels.class !== undefined || channels.class !== undefined;
    this.channels = channels;
    const subjects = subjectsOf(cloud);
    const isSame = subjects === this.subjects;
    this.subjects = subjects;
    if (isSame && this.glide?.to.length === positions.length) {
      this.glide.moveTo(positions, now);
      this.movement?.take(positions);
      for (const name of ['from', 'position']) this.changed(name);
      this.orderedShare = Number.NaN;
      if (isClassed) this.showCategories(labels);
    } else this.build(positions, labels);
    this.shade();
  }

  /** Moves the points on, and sorts them if needed. @returns whether they still glide. */
  advance(now: number, eye: Vector3): boolean {
    const { glide } = this;
    if (!glide) return false;
    const isGliding = glide.advance(now);
    this.look.uniforms.share.value = glide.share;
    this.eye.copy(eye).normalize();
    const isTurned = this.eye.dot(this.orderedFrom) < SAME_VIEW;
    const isFar = !(Math.abs(glide.share - this.orderedShare) < SAME_SHARE);
    const hasArrived = !isGliding && this.orderedShare !== glide.share;
    if (isTurned || isFar || hasArrived) this.sort(glide);
    return isGliding;
  }

  setPalette(palette: Palette): void {
    this.palette = palette;
    this.look.setPalette(palette);
    this.shade();
  }

  colourBy(colouring: Colouring): void {
    this.colouring = colouring;
    this.shade();
  }

  select(points: readonly number[] | null): void {
    this.selection = points && new Set(points);
    this.mark();
  }

  /** `undefined` while there is no selection. */
  isSelected(index: number): boolean | undefined {
    return this.selection?.has(index);
  }

  /** The classes of the points, and their pictures if those are to be shown. */
  showCategories(labels: Uint8Array | null): void {
    const categories = this.categories(labels);
    this.write('category', (into) => {
      into.fill(NO_CATEGORY);
      if (categories) into.set(categories.subarray(0, into.length));
    });
  }

  showPictures(pictures: PictureBatch | null): void {
    this.look.setPictures(pictures, this.palette);
    const crowd = Math.cbrt(DENSE / Math.max(1, this.count));
    this.look.uniforms.diameter.value = BEAD * crowd;
    this.look.uniforms.pictureDiameter.value = PICTURE * crowd;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.look.dispose();
  }

  /** Buffers for a cloud of another size. */
  private build(positions: Float32Array, labels: Uint8Array | null): void {
    const count = positions.length / 3;
    const glide = new Glide(positions, prefersReducedMotion() ? 0 : GLIDE_MS);
    this.glide = glide;
    this.order = new DrawingOrder(count);
    this.movement = new Movement(positions);
    this.orderedShare = Number.NaN;
    this.object.geometry.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute('from', new BufferAttribute(glide.from, 3).setUsage(DynamicDrawUsage));
    geometry.setAttribute('position', new BufferAttribute(glide.to, 3).setUsage(DynamicDrawUsage));
    geometry.setAttribute('category', new BufferAttribute(new Uint8Array(count), 1));
    geometry.setAttribute('kept', new BufferAttribute(new Uint8Array(count), 1));
    geometry.setAttribute('shade', new BufferAttribute(new Uint8Array(count), 1, true));
    geometry.setIndex(new BufferAttribute(this.order.order, 1).setUsage(DynamicDrawUsage));
    this.object.geometry = geometry;
    this.showCategories(labels);
    this.mark();
  }

  private sort(glide: Glide): void {
    this.order.sort(glide.now(), this.eye);
    this.orderedFrom.copy(this.eye);
    this.orderedShare = glide.share;
    const { index } = this.object.geometry;
    if (index) index.needsUpdate = true;
  }

  private mark(): void {
    const { selection } = this;
    this.look.uniforms.hasSelection.value = selection !== null;
    this.write('kept', (into) => {
      into.fill(0);
      for (const point of selection ?? []) into[point] = 1;
    });
  }

  /** Colours points by the chosen channel; by class if this cloud doesn't have it. */
  private shade(): void {
    const { colouring, channels, movement, palette } = this;
    const channel =
      colouring === 'movement'
        ? movement?.channel()
        : colouring === 'class'
          ? undefined
          : channels[colouring];
    const ramp = channel ? rampOf(palette, colouring) : null;
    this.look.setRamp(ramp);
    this.shownScale = null;
    if (!channel || !ramp) return;
    this.shownScale = { low: channel.low, high: channel.high, css: cssRamp(ramp) };
    this.write('shade', (into) => into.set(channel.bytes));
  }

  private write(name: string, fill: (into: Uint8Array) => void): void {
    const attribute = this.object.geometry.getAttribute(name);
    if (!(attribute instanceof BufferAttribute) || !(attribute.array instanceof Uint8Array)) return;
    fill(attribute.array);
    attribute.needsUpdate = true;
  }

  private changed(name: string): void {
    const attribute = this.object.geometry.getAttribute(name);
    if (attribute instanceof BufferAttribute) attribute.needsUpdate = true;
  }
}
