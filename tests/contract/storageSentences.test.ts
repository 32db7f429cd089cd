import { expect } from 'vitest';
import type { LogEntry } from '@/lib/protocol/messages';
import { say } from '@/lib/text/sentence';
import { sentenceSchema } from '@/lib/text/sentenceSchema';
import { freshRun } from '@/server/rooms/run/storedRun';
import { storageImplementations, withStorage } from '../support/storage';
import { specOf } from '../support/worker';

const sentences = [
  say('The worker process exited with status {status}', { status: 1 }),
  // As former versions have stored what they said.
  sentenceSchema.parse('The worker process exited with status 1, after {some} steps'),
];

for (const [name, open] of Object.entries(storageImplementations)) {
  const it = withStorage(open);

  it(`${name}: what was said stays as it is, also what former versions have said`, async ({ fixture }) => {
    const log = sentences.map((message, i): LogEntry => {
      const what = { kind: 'ended', state: 'failed', message } as const;
      return { id: i + 1, time: 1.5e12, person: null, at: null, what };
    });
    await fixture.storage.create('a', Uint8Array.of(0));
    await fixture.storage.append('a', null, log);
    for (const message of sentences) {
      const failure = { code: 'worker', message, hint: message } as const;
      const run = { ...freshRun(specOf('run')), status: { state: 'failed', step: 3, failure } as const };
      await fixture.storage.saveRun('a', run, []);
      await fixture.reopen();
      const stored = await fixture.storage.load('a', 10);
      expect(stored?.run?.status).toEqual(run.status);
      expect(stored?.log).toEqual(log);
    }
  });
}
