import {
  DataTexture,
  GLSL3,
  LinearFilter,
  NearestFilter,
  ShaderMaterial,
  type Texture,
  Vector3,
} from 'three';
import { type Palette, parseRgb, type Rgb } from '@/app/_view/palette';
import { inkRamp, type PictureBatch, paintPicture } from '@/app/_view/pixels';
import { RAMP_STOPS } from './cloudRamp';

/** A category that isn't known. */
export const NO_CATEGORY = 255;

const vertexShader = /* glsl */ `
  in vec3 from;
  in float category;           // 255 where it isn't known
  in float shade;              // 0 to 1
  in float kept;               // 1 for a point of the selection
  uniform float share;         // of the way from 'from' to 'position'
  uniform float diameter;      // in world units: a bead's
  uniform float pictureDiameter;
  uniform float pixelsPerUnit; // device pixels of one world unit at distance 1
  uniform float distance;      // from the eye to the cloud's centre
  uniform float isolated;      // a category, or -1 for all
  uniform float hovered;       // a point, or -1
  uniform float chosen;        // a point, or -1
  uniform bool isShaded;
  uniform bool hasSelection;
  uniform float atlasColumns;
  uniform float pictures;      // so many points have one
  uniform vec3 classes[10];
  uniform vec3 unknown;
  uniform vec3 ramp[${RAMP_STOPS}];
  out vec3 tint;
  flat out float shape;         // of ten: five shapes, full and hollow
  out float fog;
  out float presence;
  out float ring;
  out vec2 tile;
  out float hasPicture;

  void main() {
    vec4 seen = modelViewMatrix * vec4(mix(from, position, share), 1.0);
    gl_Position = projectionMatrix * seen;
    float self = float(gl_VertexID);
    ring = self == hovered || self == chosen ? 1.0 : 0.0;
    hasPicture = self < pictures ? 1.0 : 0.0;
    float size = mix(diameter, pictureDiameter, hasPicture);
    gl_PointSize = max(3.0, size * pixelsPerUnit / -seen.z) * (1.0 + 0.7 * ring);
    tint = category == ${NO_CATEGORY}.0 ? unknown : classes[int(mod(category, 10.0))];
    shape = isShaded || category == ${NO_CATEGORY}.0 ? 0.0 : mod(floor(category / 10.0), 10.0);
    float stop = shade * ${RAMP_STOPS - 1}.0;
    int below = min(int(stop), ${RAMP_STOPS - 2});
    if (isShaded) tint = mix(ramp[below], ramp[below + 1], stop - float(below));
    fog = ring > 0.0 ? 0.0 : smoothstep(distance - 0.6, distance + 1.3, -seen.z);
    bool isShown = hasSelection ? kept > 0.5 : isolated < 0.0 || isolated == category;
    presence = isShown ? 1.0 : 0.06;
    tile = vec2(mod(self, atlasColumns), floor(self / atlasColumns));
  }
`;

const fragmentShader = /* glsl */ `
  uniform sampler2D atlas;
  uniform float atlasColumns;
  uniform float atlasRows;
  uniform vec3 background;
  uniform vec3 ink;
  in vec3 tint;
  flat in float shape;
  in float fog;
  in float presence;
  in float ring;
  in vec2 tile;
  in float hasPicture;
  out vec4 color;

  // Distance to a rounded square's edge, negative inside; its side is 1.
  float roundedSquare(vec2 at, float corner) {
    vec2 beyond = abs(at) - (0.5 - corner);
    return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - corner;
  }

  // How far out a place is: 1 at the edge of the shape; as ClassMark draws them.
  float extent(vec2 place, float kind) {
    vec2 size = abs(place);
    if (kind < 0.5) return length(place);
    if (kind < 1.5) return max(size.x, size.y) / 0.8;
    if (kind < 2.5) return max(place.y / 0.7, (1.65 * size.x - 0.95 * place.y) / 0.9025);
    if (kind < 3.5) return size.x + size.y;
    return min(max(size.x / 0.32, size.y / 0.9), max(size.x / 0.9, size.y / 0.32));
  }

  vec4 bead(vec2 at, float pixel) {
    float radius = min(1.0, 2.0 * length(at));
    float outward = extent(2.0 * at, mod(shape, 5.0));
    float cover = 1.0 - smoothstep(1.0 - 3.0 * pixel, 1.0, outward);
    if (shape > 4.5) cover *= smoothstep(0.5 - 3.0 * pixel, 0.5, outward);
    vec3 normal = vec3(2.0 * at.x, -2.0 * at.y, sqrt(max(0.0, 1.0 - radius * radius)));
    float light = dot(normal, normalize(vec3(-0.4, 0.6, 0.7)));
    vec3 shaded = tint * (0.80 + 0.24 * light) + 0.10 * pow(max(light, 0.0), 12.0);
    return vec4(mix(shaded, ink, ring * smoothstep(0.68, 0.74, outward)), cover * 0.94);
  }

  vec4 picture(vec2 at, float pixel) {
    float edge = roundedSquare(at, 0.12);
    vec2 inside = clamp((at * 1.16) + 0.5, 0.01, 0.99);
    vec3 image = texture(atlas, (tile + inside) / vec2(atlasColumns, atlasRows)).rgb;
    float border = smoothstep(-0.07 - pixel, -0.07 + pixel, edge);
    return vec4(mix(image, mix(tint, ink, ring), border), 1.0 - smoothstep(-pixel, pixel, edge));
  }

  void main() {
    vec2 at = gl_PointCoord - 0.5;
    float pixel = fwidth(at.x);
    vec4 drawn = hasPicture > 0.5 ? picture(at, pixel) : bead(at, pixel);
    color = vec4(mix(drawn.rgb, background, fog * 0.72), drawn.a * presence);
    if (color.a < 0.004) discard;
  }
`;

const vector = (color: string): Vector3 => new Vector3(...parseRgb(color)).divideScalar(255);

function uniformsOf(palette: Palette) {
  return {
    diameter: { value: 0.04 },
    pictureDiameter: { value: 0.1 },
    pixelsPerUnit: { value: 1 },
    distance: { value: 3 },
    isolated: { value: -1 },
    hovered: { value: -1 },
    chosen: { value: -1 },
    share: { value: 1 },
    isShaded: { value: false },
    ramp: { value: Array.from({ length: RAMP_STOPS }, () => new Vector3()) },
    hasSelection: { value: false },
    pictures: { value: 0 },
    atlas: { value: null as Texture | null },
    atlasColumns: { value: 1 },
    atlasRows: { value: 1 },
    ...paletteUniforms(palette),
  };
}

function paletteUniforms(palette: Palette) {
  return {
    classes: { value: palette.classes.map(vector) },
    unknown: { value: vector(palette.inkFaint) },
    background: { value: vector(palette.paper) },
    ink: { value: vector(palette.ink) },
  };
}

/** The shader of points: a bead in the class's colour, or a picture in a frame of that colour. */
export class CloudMaterial {
  readonly material: ShaderMaterial;
  readonly uniforms: ReturnType<typeof uniformsOf>;

  constructor(palette: Palette) {
    this.uniforms = uniformsOf(palette);
    this.material = new ShaderMaterial({
      glslVersion: GLSL3,
      uniforms: this.uniforms,
      vertexShader,
      fragmentShader,
      transparent: true,
      // Points come sorted from far to near, so that soft edges blend rightly.
      depthTest: false,
      depthWrite: false,
    });
  }

  setPalette(palette: Palette): void {
    Object.assign(this.uniforms, paletteUniforms(palette));
  }

  /** Colours points by their value on a continuous scale; by class if `null`. */
  setRamp(ramp: readonly Rgb[] | null): void {
    this.uniforms.isShaded.value = ramp !== null;
    ramp?.forEach((rgb, i) => {
      this.uniforms.ramp.value[i]?.set(...rgb).divideScalar(255);
    });
  }

  /** Shows pictures of the first points; those without any are beads. */
  setPictures(batch: PictureBatch | null, palette: Palette): void {
    this.uniforms.atlas.value?.dispose();
    this.uniforms.atlas.value = null;
    this.uniforms.pictures.value = batch?.count ?? 0;
    if (!batch) return;
    const columns = Math.ceil(Math.sqrt(batch.count));
    const rows = Math.ceil(batch.count / columns);
    this.uniforms.atlas.value = atlasOf(batch, columns, rows, palette);
    this.uniforms.atlasColumns.value = columns;
    this.uniforms.atlasRows.value = rows;
  }

  dispose(): void {
    this.uniforms.atlas.value?.dispose();
    this.material.dispose();
  }
}

/** All pictures in one texture, row by row from the top left. */
function atlasOf(batch: PictureBatch, columns: number, rows: number, palette: Palette): Texture {
  const width = columns * batch.width;
  const packed = new Uint32Array(width * rows * batch.height);
  const ramp = inkRamp(palette);
  for (let i = 0; i < batch.count; i++) {
    const start = Math.floor(i / columns) * batch.height * width + (i % columns) * batch.width;
    paintPicture(batch, i, ramp, { packed, width, start });
  }
  const texture = new DataTexture(new Uint8Array(packed.buffer), width, rows * batch.height);
  texture.minFilter = LinearFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
