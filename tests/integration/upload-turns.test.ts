import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { openPipeline, upload } from '../support/pipeline';
import { tempFolder } from '../support/temp-folder';

/** Lets ffprobe tell when it begins (+) and ends (-). To be called before a setting is read. */
function logProbes(): () => string[] {
  const [script, log] = ['ffprobe', 'log'].map((name) => path.join(tempFolder(), name)) as [string, string];
  const program = process.env.FFPROBE_PATH || 'ffprobe';
  writeFileSync(
    script,
    `#!/bin/sh\necho + >>${log}\n${program} "$@"\ncode=$?\necho - >>${log}\nexit $code\n`,
  );
  chmodSync(script, 0o755);
  Object.assign(process.env, { FFPROBE_PATH: script, SANDBOX: 'off' });
  return () => readFileSync(log, 'utf8').trim().split('\n');
}

it('of many uploads that end at once, a few are looked into at a time', async () => {
  const probes = logProbes();
  const context = await openPipeline();
  await Promise.all(Array.from({ length: 20 }, () => upload(context, clip('sound.mp4'))));

  let running = 0;
  const most = Math.max(...probes().map((mark) => (running += mark === '+' ? 1 : -1)));
  expect(probes()).toHaveLength(40);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(Math.max(4, availableParallelism()));
});
