import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { makeFolder } from '../harness/make-folder';
import { openPipeline, upload } from '../harness/pipeline';
import { tempFolder } from '../harness/temp-folder';

const turns = Math.max(4, availableParallelism());

const folder = makeFolder();
const [script, log, hold] = ['ffprobe', 'log', 'hold'].map((name) => path.join(folder, name)) as [
  string,
  string,
  string,
];
// An ffprobe that logs when it begins (+) and ends (-), and waits on a file that begins with "hold".
writeFileSync(
  script,
  `#!/bin/sh
echo + >>${log}
for file; do :; done
while [ -e ${hold} ] && [ "$(head -c 4 "\${file#file:}")" = hold ]; do sleep 0.1; done
${process.env.FFPROBE_PATH || 'ffprobe'} "$@"
code=$?
echo - >>${log}
exit $code
`,
);
chmodSync(script, 0o755);
// Set before any setting is read.
Object.assign(process.env, { FFPROBE_PATH: script, SANDBOX: 'off' });

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => writeFileSync(log, ''));

const marks = () => readFileSync(log, 'utf8').trim().split('\n');

it('of many uploads that end at once, a few are probed at a time', async () => {
  const context = await openPipeline();
  await Promise.all(Array.from({ length: 20 }, () => upload(context, clip('audio.mp4'))));

  let running = 0;
  const most = Math.max(...marks().map((mark) => (running += mark === '+' ? 1 : -1)));
  expect(marks()).toHaveLength(40);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(turns);
});

it('slow probes do not hold up the others', async () => {
  const context = await openPipeline();
  const slow = path.join(tempFolder(), 'slow.mp4');
  writeFileSync(slow, 'hold');
  writeFileSync(hold, '');
  let ended = 0;
  const held = Array.from({ length: turns }, () => upload(context, slow).finally(() => ended++));
  const ends = Promise.allSettled(held);

  await upload(context, clip('audio.mp4'));
  expect(ended).toBe(0);
  rmSync(hold);
  expect(await ends).toMatchObject(held.map(() => ({ reason: { code: 'not-a-video' } })));
});
