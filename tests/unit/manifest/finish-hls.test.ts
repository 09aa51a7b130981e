import { expect, it } from 'vitest';
import { finishHls } from '@/lib/manifest/finish-hls';
import type { Scheme } from '@/lib/media/scheme';
import {
  sampleCbcsPlaylist,
  sampleCencPlaylist,
  sampleMasterPlaylist,
} from '@/tests/support/sample-playlists';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';
const pssh = 'AAAANHBzc2gBAAAAEHfv7MCyTQKs4zweUuL7SwAAAAGn5hw3PiGQM8IQkfpge/O4AAAAAA==';
const keyLine = (method: string) =>
  `#EXT-X-KEY:METHOD=${method},URI="data:text/plain;base64,${pssh}",KEYID=0x${kidHex},KEYFORMAT="org.w3.clearkey",KEYFORMATVERSIONS="1"`;

const table: { scheme: Scheme; playlist: string; method: string }[] = [
  { scheme: 'cenc', playlist: sampleCencPlaylist, method: 'SAMPLE-AES-CTR' },
  { scheme: 'cbcs', playlist: sampleCbcsPlaylist, method: 'SAMPLE-AES' },
];

it.each(table)(
  'names Clear Key in the key line of $scheme, and changes no other line',
  ({ scheme, playlist, method }) => {
    const before = playlist.split('\n');
    const expected = before.map((line) => (line.startsWith('#EXT-X-KEY:') ? keyLine(method) : line));
    expect(expected).toContain(keyLine(method));
    expect(finishHls(playlist, scheme, kidHex).split('\n')).toEqual(expected);
  },
);

it('makes one line of several', () => {
  const several = sampleCencPlaylist.replace('#EXT-X-KEY:', '#EXT-X-KEY:METHOD=NONE\n#EXT-X-KEY:');
  expect(finishHls(several, 'cenc', kidHex)).toBe(finishHls(sampleCencPlaylist, 'cenc', kidHex));
});

it('makes the same of what it made', () => {
  const once = finishHls(sampleCencPlaylist, 'cenc', kidHex);
  expect(finishHls(once, 'cenc', kidHex)).toBe(once);
});

it('leaves a playlist without keys as it is', () => {
  expect(finishHls(sampleMasterPlaylist, 'cenc', kidHex)).toBe(sampleMasterPlaylist);
});
