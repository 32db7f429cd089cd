import { PerspectiveCamera, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { keyOf } from '@/app/_ui/keys';
import { prefersReducedMotion } from '@/app/_view/animation';

/** Degrees of view, from top to bottom. */
const FIELD_OF_VIEW = 40;
const HALF_VIEW = Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
/** The unit ball and a little air around it. */
const FIT_RADIUS = 1.12;
/** Angles of the first view, in radians. */
const HOME = { phi: 1.25, theta: 0.6 };
const FRONT = { phi: Math.PI / 2, theta: 0 };
/** Radians that an arrow key turns, and the factor that + and - zoom by. */
const KEY_TURN = Math.PI / 24;
const KEY_ZOOM = 1.15;
/** Turns a minute of a cloud that turns by itself. */
const TURN_SPEED = 0.7;
const DISTANCE = { min: 0.3, max: 12 };

/** A camera position to come back to: x, y, z. */
export type CameraPosition = readonly [number, number, number];

interface CameraEvents {
  /** The view has changed and should be drawn. */
  onChange(): void;
  /** Somebody has begun to move the camera. */
  onTouch(): void;
}

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** Looks at the origin: orbits by pointer and keys, and turns by itself. */
export class CloudCamera {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 40);
  private readonly controls: OrbitControls;
  private isFitted = true;
  /** The points lie in a plane, which is best seen from in front. */
  isFlat = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: CameraEvents,
  ) {
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enableDamping = !prefersReducedMotion();
    this.controls.dampingFactor = 0.15;
    this.controls.enablePan = false;
    this.controls.minDistance = DISTANCE.min;
    this.controls.maxDistance = DISTANCE.max;
    this.controls.autoRotateSpeed = TURN_SPEED;
    this.controls.addEventListener('change', events.onChange);
    this.controls.addEventListener('start', () => this.touch());
    canvas.addEventListener('keydown', this.turnByKey);
    this.fit();
  }

  get distance(): number {
    return this.camera.position.length();
  }

  /** Fractions of the height that one world unit at distance 1 takes. */
  get unitHeight(): number {
    return 1 / (2 * HALF_VIEW);
  }

  /** Radians a second of a cloud that turns by itself. */
  readonly turnSpeed = (TURN_SPEED * 2 * Math.PI) / 60;

  setTurning(isTurning: boolean): void {
    this.controls.autoRotate = isTurning;
  }

  setAspect(aspect: number): void {
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
    if (this.isFitted) this.camera.position.setLength(this.fitDistance());
  }

  /** The whole unit ball, from the first angle. */
  fit(): void {
    this.isFitted = true;
    const { phi, theta } = this.isFlat ? FRONT : HOME;
    this.look(new Spherical(this.fitDistance(), phi, theta));
  }

  setFlat(isFlat: boolean): void {
    if (this.isFlat === isFlat) return;
    this.isFlat = isFlat;
    this.fit();
  }

  position(): CameraPosition {
    return this.camera.position.toArray();
  }

  lookFrom(position: CameraPosition): void {
    this.touch();
    this.look(new Spherical().setFromVector3(new Vector3(...position)));
  }

  /** Turns and glides on by `seconds`. @returns whether the camera has moved. */
  advance(seconds: number): boolean {
    const hasMoved = this.controls.update(seconds);
    this.camera.updateMatrixWorld();
    return hasMoved;
  }

  dispose(): void {
    this.canvas.removeEventListener('keydown', this.turnByKey);
    this.controls.dispose();
  }

  private fitDistance(): number {
    return FIT_RADIUS / Math.sin(Math.atan(HALF_VIEW * Math.min(1, this.camera.aspect)));
  }

  private look(from: Spherical): void {
    this.camera.position.setFromSpherical(from);
    this.controls.update();
    this.events.onChange();
  }

  private touch(): void {
    this.isFitted = false;
    this.events.onTouch();
  }

  private readonly turnByKey = (event: KeyboardEvent) => {
    const key = keyOf(event);
    const from = new Spherical().setFromVector3(this.camera.position);
    if (key === 'ArrowLeft') from.theta -= KEY_TURN;
    else if (key === 'ArrowRight') from.theta += KEY_TURN;
    else if (key === 'ArrowUp') from.phi -= KEY_TURN;
    else if (key === 'ArrowDown') from.phi += KEY_TURN;
    else if (key === '+' || key === '=') from.radius /= KEY_ZOOM;
    else if (key === '-') from.radius *= KEY_ZOOM;
    else return;
    event.preventDefault();
    from.radius = clamp(from.radius, DISTANCE.min, DISTANCE.max);
    this.touch();
    this.look(from.makeSafe());
  };
}
