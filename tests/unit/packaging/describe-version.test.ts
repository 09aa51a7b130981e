import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readDash } from '@/lib/manifest/read-dash';
import { describeVersion } from '@/lib/packaging/describe-version';
import { sampleMpd } from '@/tests/support/sample-mpd';
import { samplePlan, samplePlannedAudio, sampleRendition } from '@/tests/support/sample-plan';
import { tempFolder } from '@/tests/support/temp-folder';

it('tells what was verified, with what only the plan knows', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'manifest.mpd'), 'x'.repeat(1000));
  writeFileSync(path.join(folder, 'video-180p.mp4'), 'x'.repeat(234));
  const plan = samplePlan({
    renditions: [sampleRendition({ name: 'video-180p' })],
    audios: [
      samplePlannedAudio({ label: 'Main', mode: 'encode' }),
      samplePlannedAudio({ name: 'audio-de', label: null, language: 'de' }),
    ],
  });
  const audio = { kind: 'audio', codec: 'mp4a.40.2', width: null, height: null, channels: 1 };
  expect(await describeVersion(folder, 3, plan, readDash(sampleMpd))).toEqual({
    number: 3,
    sizeBytes: 1234,
    durationSeconds: 10,
    tracks: [
      {
        kind: 'video',
        file: 'video-180p.mp4',
        codec: 'avc1.64000c',
        bitrateBps: 257_308,
        language: 'und',
        label: null,
        width: 320,
        height: 180,
        channels: null,
        isCopied: true,
      },
      { ...audio, file: 'audio-en.mp4', bitrateBps: 75_568, language: 'en', label: 'Main', isCopied: false },
      { ...audio, file: 'audio-de.mp4', bitrateBps: 75_684, language: 'de', label: null, isCopied: true },
    ],
  });
});
