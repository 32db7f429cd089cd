import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, type Latent, meanOf, norm, sharesOf, sphericalMean } from '@/lib/explore/geometry';
import { drawLatents } from '@/lib/explore/latents';

const seed = fc.nat(1_000_000);
const size = fc.integer({ min: 2, max: 64 });
const t = fc.double({ min: 0, max: 1, noNaN: true });

const latentOf = (seed: number, size: number): Latent => drawLatents(seed, 1, size)[0] as Latent;
const scaledTo = (latent: Latent, length: number): Latent =>
  latent.map((value) => (value * length) / norm(latent));
const apart = (a: Latent, b: Latent): number => norm(a.map((value, i) => value - (b[i] ?? 0)));

describe('between two latents', () => {
  test('both ends are exactly there', () => {
    fc.assert(
      fc.property(seed, seed, size, fc.constantFrom('linear', 'spherical'), (a, b, size, way) => {
        const [from, to] = [latentOf(a, size), latentOf(b, size)];
        expect(between(from, to, 0, way)).toEqual(from);
        expect(between(from, to, 1, way)).toEqual(to);
      }),
    );
  });

  test('the spherical way keeps the length of latents that are alike long, else it changes evenly', () => {
    fc.assert(
      fc.property(
        seed,
        seed,
        size,
        t,
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (a, b, size, t, ratio) => {
          const [from, to] = [scaledTo(latentOf(a, size), 2), scaledTo(latentOf(b, size), 2 * ratio)];
          // Opposite ones have no great circle of their own.
          fc.pre(norm(from.map((value, i) => value / 2 + (to[i] ?? 0) / (2 * ratio))) > 1e-3);
          const expected = 2 * (1 - t + t * ratio);
          expect(Math.abs(norm(between(from, to, t)) / expected - 1)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  test('it runs along the great circle with constant speed', () => {
    fc.assert(
      fc.property(seed, seed, size, t, (a, b, size, t) => {
        const [from, to] = [scaledTo(latentOf(a, size), 1), scaledTo(latentOf(b, size), 1)];
        const cosine = from.reduce((sum, value, i) => sum + value * (to[i] ?? 0), 0);
        const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
        fc.pre(angle > 0.01 && angle < 3.1);
        const expected = from.map(
          (value, i) =>
            (Math.sin((1 - t) * angle) * value + Math.sin(t * angle) * (to[i] ?? 0)) / Math.sin(angle),
        );
        expect(apart(between(from, to, t), expected)).toBeLessThan(1e-5);
      }),
    );
  });

  test('opposite latents, and one without length, are joined by a straight line', () => {
    const latent = latentOf(1, 8);
    const opposite = latent.map((value) => -value);
    expect(norm(between(latent, opposite, 0.5))).toBeCloseTo(0, 6);
    expect(
      apart(
        between(latent, opposite, 0.25),
        latent.map((value) => value / 2),
      ),
    ).toBeLessThan(1e-5);
    const nothing = new Float32Array(8);
    expect(
      apart(
        between(nothing, latent, 0.5),
        latent.map((value) => value / 2),
      ),
    ).toBeLessThan(1e-6);
    expect(between(nothing, nothing, 0.5)).toEqual(nothing);
  });
});

describe('the mean of several', () => {
  const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

  test('shares sum to 1 and are as the weights', () => {
    fc.assert(
      fc.property(weights, (weights) => {
        const shares = sharesOf(weights);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        if (total > 0)
          expect(shares.map((share) => share * total)).toEqual(weights.map((w) => expect.closeTo(w, 9)));
      }),
    );
    expect(sharesOf([0, 0, 0, 0])).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test('it is finite, as long as the mean of the lengths on the sphere, and the same in any order', () => {
    fc.assert(
      fc.property(seed, weights, size, (first, weights, size) => {
        const latents = drawLatents(first, weights.length, size);
        const shares = sharesOf(weights);
        for (const way of ['linear', 'spherical'] as const) {
          const mean = meanOf(way, latents, shares);
          expect(mean.every(Number.isFinite)).toBe(true);
          const turned = meanOf(way, latents.toReversed(), shares.toReversed());
          expect(apart(mean, turned)).toBeLessThan(1e-4 * Math.sqrt(size));
        }
      }),
      { seed: 13 },
    );
  });

  test('each arc weighs as its share: they cancel out', () => {
    const latents = drawLatents(5, 4, 64).map((latent) => scaledTo(latent, 1));
    const shares = [0.4, 0.3, 0.2, 0.1];
    const mean = sphericalMean(latents, shares);
    expect(norm(mean)).toBeCloseTo(1, 6);
    const pull = new Float64Array(64);
    for (const [i, latent] of latents.entries()) {
      const cosine = latent.reduce((sum, value, k) => sum + value * (mean[k] ?? 0), 0);
      const angle = Math.acos(cosine);
      for (let k = 0; k < 64; k++)
        pull[k] =
          (pull[k] ?? 0) +
          ((shares[i] ?? 0) * angle * ((latent[k] ?? 0) - cosine * (mean[k] ?? 0))) / Math.sin(angle);
    }
    expect(norm(pull)).toBeLessThan(1e-5);
  });
});
