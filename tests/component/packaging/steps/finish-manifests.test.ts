import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { finishDash } from '@/lib/formats/dash/finish-dash';
import { finishMasterPlaylist, finishMediaPlaylist } from '@/lib/formats/hls/finish-hls';
import { finishManifests } from '@/lib/packaging/steps/finish-manifests';
import { sampleMpd } from '@/tests/harness/sample-mpd';
import { sampleKey, sampleTrack } from '@/tests/harness/sample-plan';
import { sampleCencPlaylist, sampleMasterPlaylist } from '@/tests/harness/sample-playlists';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const { kidHex } = sampleKey;
const audioKid = '0'.repeat(32);

it('finishes the manifest and every playlist, each with its own KID, and touches no other file', async () => {
  const folder = tempFolder();
  const before = {
    'manifest.mpd': sampleMpd,
    'master.m3u8': sampleMasterPlaylist,
    'video-180p.m3u8': sampleCencPlaylist,
    'video-180p.mp4': '#EXT-X-KEY:not a playlist\n',
    'video-180p-iframes.m3u8': sampleCencPlaylist,
    'audio-en.m3u8': sampleCencPlaylist,
  };
  for (const [name, content] of Object.entries(before)) writeFileSync(path.join(folder, name), content);
  const randomAccess = new Set(['video-180p']);
  const tracks = [
    sampleTrack({ name: 'video-180p' }),
    sampleTrack({ kind: 'audio', name: 'audio-en', label: 'Main, 5.1' }),
  ];
  const kids = new Map([
    ['video-180p.mp4', kidHex],
    ['audio-en.mp4', audioKid],
  ]);
  await finishManifests(folder, {
    packageId: 7,
    scheme: 'cenc',
    tracks,
    kids,
    durationSeconds: 10,
    randomAccess,
  });
  expect(await filesBelow(folder)).toEqual(Object.keys(before).sort());
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const labels = new Map([['audio-en', 'Main, 5.1']]);
  expect(read('manifest.mpd')).toBe(
    finishDash(sampleMpd, {
      licensePath: '/api/packages/7/license',
      labels,
      durationSeconds: 10,
      firstAudio: 'audio-en',
      randomAccess,
    }),
  );
  expect(read('video-180p.m3u8')).toBe(finishMediaPlaylist(sampleCencPlaylist, 'cenc', kidHex));
  expect(read('video-180p-iframes.m3u8')).toBe(finishMediaPlaylist(sampleCencPlaylist, 'cenc', kidHex));
  expect(read('audio-en.m3u8')).toBe(finishMediaPlaylist(sampleCencPlaylist, 'cenc', audioKid));
  expect(read('master.m3u8')).toBe(
    finishMasterPlaylist(sampleMasterPlaylist, { labels, audios: tracks.slice(1) }),
  );
  expect(read('video-180p.mp4')).toBe(before['video-180p.mp4']);
});
