import { test } from 'vitest';
import { specOf } from '../support/worker';
import { prepare } from '@/server/worker/prepare';
import { Observer } from '@/server/worker/observer';
import { pca } from '@/server/projections/pca';
const start = (epochs: number) => ({ kind: 'start' as const, spec: specOf('x', { epochs, validationShare: 13.83 }, 'fashion-mnist'), live: {}, begin: 'train' as const, from: null, executor: 'onnx-cpu' as const, dataDir: '/tmp/x', datasets: '/work/shared/data' });
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
test('cpu', async () => {
  const p = await prepare(start(1), () => {});
  const o = new Observer(specOf('x', {validationShare: 13.83}, 'fashion-mnist'), p);
  const img = p.set.images.subarray(0, 250 * 784);
  const codings = new Float32Array(15000).map(() => Math.random());
  const prev = pca(codings, 30).points;
  const c2 = new Float32Array(60000).map(() => Math.random());
  const c256 = new Float32Array(2000*256).map(() => Math.random());
  for (const [n, f] of [['images', () => o.images(1)], ['encode250', () => p.program.call('encode', { images: img })], ['evaluate250', () => p.program.call('evaluate', { images: img })], ['pca500', () => pca(codings, 30, prev)], ['pca2000', () => pca(c2, 30, prev)], ['pca2000x256', () => pca(c256, 256, prev)], ['points', () => o.points(1)]] as const) { for (let i = 0; i < 3; i++) await f(); const t = cpu(); for (let i = 0; i < 10; i++) await f(); console.log(n, 'cpu ms', (cpu() - t) / 10); }
}, 120000);
