import { expect, test } from 'vitest';
import { frameHeaderSchema } from '@/lib/protocol/frames';
import { exploredParts, reelTopics, storedTopics, topicNames, topicOf, topics } from '@/lib/protocol/topics';

const kinds = frameHeaderSchema.def.options.map(({ shape }) => shape.kind.def.values[0] as string);

test('every kind of frame has its topic, and every topic its kinds', () => {
  const byParts = ['explored', 'written'];
  for (const kind of kinds.filter((each) => !byParts.includes(each)))
    expect(topics[topicOf({ kind })].kinds).toContain(kind);
  for (const part of exploredParts) expect(topicOf({ kind: 'explored', part })).toBe(part);
  const named = topicNames.flatMap((topic) => [...topics[topic].kinds]);
  expect([...new Set<string>(named)].sort()).toEqual([...kinds].sort());
  expect(() => topicOf({ kind: 'sound' })).toThrow('got sound');
});

test('what one can scrub through is stored, and comes to those who watch it', () => {
  for (const topic of reelTopics) expect(storedTopics).toContain(topic);
  for (const topic of storedTopics) expect(topics[topic].to).toBe('watchers');
});
