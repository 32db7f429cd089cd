import {
  DataTexture,
  GLSL3,
  LinearFilter,
  NearestFilter,
  ShaderMaterial,
  type Texture,
  Vector3,
} from 'three';
import type { AssetImages } from '../_client/frameStore';
import { type Palette, parseRgb } from './palette';
import { inkRamp, paintPicture } from './pixels';

/** What colours tell. */
export type Colouring = 'class' | 'loss';

const vertexShader = /* glsl */ `
  in float category;
  in float loss;              // 0 to 1, or -1 where it isn't known
  in float kept;              // 1 for a point of the selection
  uniform float diameter;      // in world units
  uniform float pixelsPerUnit; // device pixels of one world unit at distance 1
  uniform float distance;      // from the eye to the cloud's centre
  uniform float isolated;      // a category, or -1 for all
  uniform float hovered;       // a point, or -1
  uniform float chosen;        // a point, or -1
  uniform bool byLoss;
  uniform bool hasSelection;
  uniform float atlasColumns;
  uniform vec3 classes[10];
  uniform vec3 unknown;
  uniform vec3 good;
  uniform vec3 bad;
  out vec3 tint;
  out float fog;
  out float presence;
  out float ring;
  out vec2 tile;

  void main() {
    vec4 seen = modelViewMatrix * vec4(position, 1.0);
    gl_Position = projectionMatrix * seen;
    float self = float(gl_VertexID);
    ring = self == hovered || self == chosen ? 1.0 : 0.0;
    gl_PointSize = max(3.0, diameter * pixelsPerUnit / -seen.z) * (1.0 + 0.7 * ring);
    tint = category < 0.0 ? unknown : classes[int(mod(category, 10.0))];
    if (byLoss) tint = loss < 0.0 ? unknown : mix(good, bad, loss);
    fog = ring > 0.0 ? 0.0 : smoothstep(distance - 0.6, distance + 1.3, -seen.z);
    bool isShown = hasSelection ? kept > 0.5 : isolated < 0.0 || isolated == category;
    presence = isShown ? 1.0 : 0.06;
    tile = vec2(mod(self, atlasColumns), floor(self / atlasColumns));
  }
`;

const fragmentShader = /* glsl */ `
  uniform bool hasImages;
  uniform sampler2D atlas;
  uniform float atlasColumns;
  uniform float atlasRows;
  uniform vec3 background;
  uniform vec3 ink;
  in vec3 tint;
  in float fog;
  in float presence;
  in float ring;
  in vec2 tile;
  out vec4 color;

  // Distance to a rounded square's edge, negative inside; its side is 1.
  float roundedSquare(vec2 at, float corner) {
    vec2 beyond = abs(at) - (0.5 - corner);
    return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - corner;
  }

  vec4 bead(vec2 at, float pixel) {
    float radius = 2.0 * length(at);
    float cover = 1.0 - smoothstep(1.0 - 3.0 * pixel, 1.0, radius);
    vec3 normal = vec3(2.0 * at.x, -2.0 * at.y, sqrt(max(0.0, 1.0 - radius * radius)));
    float light = dot(normal, normalize(vec3(-0.4, 0.6, 0.7)));
    vec3 shaded = tint * (0.80 + 0.24 * light) + 0.10 * pow(max(light, 0.0), 12.0);
    return vec4(mix(shaded, ink, ring * smoothstep(0.68, 0.74, radius)), cover * 0.94);
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
    vec4 drawn = hasImages ? picture(at, pixel) : bead(at, pixel);
    color = vec4(mix(drawn.rgb, background, fog * 0.72), drawn.a * presence);
    if (color.a < 0.004) discard;
  }
`;

const vector = (color: string): Vector3 => new Vector3(...parseRgb(color)).divideScalar(255);

function uniformsOf(palette: Palette) {
  return {
    diameter: { value: 0.04 },
    pixelsPerUnit: { value: 1 },
    distance: { value: 3 },
    isolated: { value: -1 },
    hovered: { value: -1 },
    chosen: { value: -1 },
    byLoss: { value: false },
    hasSelection: { value: false },
    hasImages: { value: false },
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
    good: { value: vector(palette.real) },
    bad: { value: vector(palette.generated) },
    background: { value: vector(palette.paper) },
    ink: { value: vector(palette.ink) },
  };
}

/** How a point of the cloud looks: a bead in its class's colour, or its picture in a frame of that colour. */
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

  /** Shows pictures; without any, beads. */
  setPictures(assets: AssetImages | null, palette: Palette): void {
    this.uniforms.atlas.value?.dispose();
    this.uniforms.atlas.value = null;
    this.uniforms.hasImages.value = assets !== null;
    if (!assets) return;
    const columns = Math.ceil(Math.sqrt(assets.count));
    const rows = Math.ceil(assets.count / columns);
    this.uniforms.atlas.value = atlasOf(assets, columns, rows, palette);
    this.uniforms.atlasColumns.value = columns;
    this.uniforms.atlasRows.value = rows;
  }

  dispose(): void {
    this.uniforms.atlas.value?.dispose();
    this.material.dispose();
  }
}

/** All pictures in one texture, row by row from the top left. */
function atlasOf(assets: AssetImages, columns: number, rows: number, palette: Palette): Texture {
  const width = columns * assets.width;
  const packed = new Uint32Array(width * rows * assets.height);
  const ramp = inkRamp(palette);
  for (let i = 0; i < assets.count; i++) {
    const start = Math.floor(i / columns) * assets.height * width + (i % columns) * assets.width;
    paintPicture(assets, i, ramp, { packed, width, start });
  }
  const texture = new DataTexture(new Uint8Array(packed.buffer), width, rows * assets.height);
  texture.minFilter = LinearFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
