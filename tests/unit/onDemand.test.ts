import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onDemand } from '@/app/_view/animation';

let waiting = new Map<number, FrameRequestCallback>();
let asked = 0;

function showFrame(): void {
  const due = [...waiting.values()];
  waiting.clear();
  for (const draw of due) draw(0);
}

beforeEach(() => {
  waiting = new Map();
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => {
    waiting.set(++asked, draw);
    return asked;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id));
});
afterEach(() => vi.unstubAllGlobals());

test('however often asked, one frame is drawn, and none unasked', () => {
  const draw = vi.fn(() => false);
  const drawing = onDemand(draw);
  expect(waiting.size).toBe(0);
  drawing.request();
  drawing.request();
  showFrame();
  expect(draw).toHaveBeenCalledTimes(1);
  expect(waiting.size).toBe(0);
});

test('it goes on as long as the drawing asks for it', () => {
  let left = 3;
  const draw = vi.fn(() => --left > 0);
  onDemand(draw).request();
  while (waiting.size > 0) showFrame();
  expect(draw).toHaveBeenCalledTimes(3);
});

test('what is asked while drawing comes in the next frame, once', () => {
  const drawing = onDemand(() => {
    if (asked < 100) drawing.request();
    return true;
  });
  drawing.request();
  showFrame();
  expect(waiting.size).toBe(1);
});

test('stopped, it leaves no frame behind and can start again', () => {
  const draw = vi.fn(() => false);
  const drawing = onDemand(draw);
  drawing.request();
  drawing.stop();
  expect(waiting.size).toBe(0);
  drawing.request();
  showFrame();
  expect(draw).toHaveBeenCalledTimes(1);
});
