import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { finishDash } from '@/lib/manifest/finish-dash';
import { finishHls } from '@/lib/manifest/finish-hls';
import { finishManifests } from '@/lib/packaging/finish-manifests';
import { sampleJob } from '@/tests/support/sample-job';
import { sampleMpd } from '@/tests/support/sample-mpd';
import { samplePlan, samplePlannedAudio } from '@/tests/support/sample-plan';
import { sampleCencPlaylist, sampleMasterPlaylist } from '@/tests/support/sample-playlists';
import { filesBelow, tempFolder } from '@/tests/support/temp-folder';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';

it('finishes the manifest and every playlist, and touches no other file', async () => {
  const folder = tempFolder();
  const before = {
    'manifest.mpd': sampleMpd,
    'master.m3u8': sampleMasterPlaylist,
    'video-180p.m3u8': sampleCencPlaylist,
    'video-180p.mp4': '#EXT-X-KEY:not a playlist\n',
  };
  for (const [name, content] of Object.entries(before)) writeFileSync(path.join(folder, name), content);
  const audios = [
    samplePlannedAudio({ label: 'Main' }),
    samplePlannedAudio({ name: 'audio-de', label: null }),
  ];
  const job = sampleJob({ packageId: 7, wrappedKeys: [{ kidHex, wrappedKey: 'x' }] });
  await finishManifests(folder, job, samplePlan({ audios }));
  expect(await filesBelow(folder)).toEqual(Object.keys(before).sort());
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  expect(read('manifest.mpd')).toBe(
    finishDash(sampleMpd, {
      licensePath: '/api/packages/7/license',
      labels: new Map([['audio-en.mp4', 'Main']]),
    }),
  );
  expect(read('video-180p.m3u8')).toBe(finishHls(sampleCencPlaylist, 'cenc', kidHex));
  expect(read('master.m3u8')).toBe(sampleMasterPlaylist);
  expect(read('video-180p.mp4')).toBe(before['video-180p.mp4']);
});
