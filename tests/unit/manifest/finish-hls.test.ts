import { describe, expect, it } from 'vitest';
import { finishMasterPlaylist, finishMediaPlaylist } from '@/lib/manifest/finish-hls';
import type { Scheme } from '@/lib/media/scheme';
import {
  sampleCbcsPlaylist,
  sampleCencPlaylist,
  sampleMasterPlaylist,
} from '@/tests/support/sample-playlists';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';
const kid = 'p+YcNz4hkDPCEJH6YHvzuA==';
const keyLine = (method: string) =>
  `#EXT-X-KEY:METHOD=${method},URI="data:text/plain;base64,${kid}",KEYID=0x${kidHex},KEYFORMAT="org.w3.clearkey",KEYFORMATVERSIONS="1"`;

const table: { scheme: Scheme; playlist: string; method: string }[] = [
  { scheme: 'cenc', playlist: sampleCencPlaylist, method: 'SAMPLE-AES-CTR' },
  { scheme: 'cbcs', playlist: sampleCbcsPlaylist, method: 'SAMPLE-AES' },
];

describe('a media playlist', () => {
  it.each(table)(
    'names Clear Key in the key line of $scheme, and changes no other line',
    ({ scheme, playlist, method }) => {
      const before = playlist.split('\n');
      const expected = before.map((line) => (line.startsWith('#EXT-X-KEY:') ? keyLine(method) : line));
      expect(expected).toContain(keyLine(method));
      expect(finishMediaPlaylist(playlist, scheme, kidHex).split('\n')).toEqual(expected);
    },
  );

  it('has one key line for several systems', () => {
    const several = sampleCencPlaylist.replace('#EXT-X-KEY:', '#EXT-X-KEY:METHOD=NONE\n#EXT-X-KEY:');
    const once = finishMediaPlaylist(sampleCencPlaylist, 'cenc', kidHex);
    expect(finishMediaPlaylist(several, 'cenc', kidHex)).toBe(once);
  });

  it('is the same when it is finished again', () => {
    const once = finishMediaPlaylist(sampleCencPlaylist, 'cenc', kidHex);
    expect(finishMediaPlaylist(once, 'cenc', kidHex)).toBe(once);
  });

  it('stays as it is without keys', () => {
    expect(finishMediaPlaylist(sampleMasterPlaylist, 'cenc', kidHex)).toBe(sampleMasterPlaylist);
  });
});

describe('the master playlist', () => {
  const nameOf = (label: string) =>
    /NAME="([^"\n]*)"/.exec(finishMasterPlaylist(sampleMasterPlaylist, new Map([['audio-en', label]])))?.[1];

  it.each([
    ['a plain label', 'English', 'English'],
    ['a comma', 'English, 5.1', 'English, 5.1'],
    ['quotes', 'The "best"', "The 'best'"],
    ['line ends', 'a\r\nb', "a''b"],
    ['what replacements of text mean', '$& $1 $`', '$& $1 $`'],
  ])('has %s', (_, label, expected) => {
    expect(nameOf(label)).toBe(expected);
  });

  it('changes nothing else', () => {
    const finished = finishMasterPlaylist(sampleMasterPlaylist, new Map([['audio-en', 'English']]));
    expect(finished).toBe(sampleMasterPlaylist.replace('NAME="audio-en"', 'NAME="English"'));
    expect(finishMasterPlaylist(sampleMasterPlaylist, new Map([['audio-fr', 'x']]))).toBe(
      sampleMasterPlaylist,
    );
  });
});
