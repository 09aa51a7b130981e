import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '@/lib/formats/hls/finish-hls';
import { finishMasterPlaylist, finishMediaPlaylist } from '@/lib/formats/hls/finish-hls';
import type { Scheme } from '@/lib/media/scheme';
import {
  sampleCbcsPlaylist,
  sampleCencPlaylist,
  sampleMasterPlaylist,
} from '@/tests/harness/sample-playlists';

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

const english = { name: 'audio-en', language: 'en', role: 'main' };
const finish = (
  labels: [string, string][],
  audios: AudioTrack[] = [english],
  playlist = sampleMasterPlaylist,
) => finishMasterPlaylist(playlist, { labels: new Map(labels), audios });

describe('the master playlist', () => {
  const nameOf = (label: string) => /NAME="([^"\n]*)"/.exec(finish([['audio-en', label]]))?.[1];

  it.each([
    ['a plain label', 'English', 'English'],
    ['a comma', 'English, 5.1', 'English, 5.1'],
    ['quotes', 'The "best"', "The 'best'"],
    ['line ends', 'a\r\nb', "a''b"],
    ['patterns of text replacement', '$& $1 $`', '$& $1 $`'],
  ])('has %s', (_, label, expected) => {
    expect(nameOf(label)).toBe(expected);
  });

  it('names the range of video and the default audio track, and changes nothing else', () => {
    const changed = sampleMasterPlaylist
      .replace('DEFAULT=NO', 'DEFAULT=YES')
      .replace('RESOLUTION=320x180', 'RESOLUTION=320x180,VIDEO-RANGE=SDR');
    expect(finish([['audio-en', 'English']])).toBe(changed.replace('NAME="audio-en"', 'NAME="English"'));
    expect(finish([['audio-fr', 'x']])).toBe(changed);
  });

  it.each(['PQ', 'HLG', 'SDR'])('keeps the range %s, also of I-frame streams', (range) => {
    const lines = [
      `#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=320x180,VIDEO-RANGE=${range}`,
      'video-180p.m3u8',
      `#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,RESOLUTION=320x180,VIDEO-RANGE=${range},URI="a.m3u8"`,
    ].join('\n');
    expect(finish([], [], lines)).toBe(lines);
    const without = lines.replaceAll(`,VIDEO-RANGE=${range}`, '');
    expect(finish([], [], without)).toBe(lines.replaceAll(`=${range}`, '=SDR'));
  });

  it('adds no range to a stream of only audio', () => {
    const line = '#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="mp4a.40.2",AUDIO="audio"';
    expect(finish([], [], line)).toBe(line);
  });

  const track = (name: string, language: string, role: string | null) => ({ name, language, role });

  it.each<[string, AudioTrack[], string[]]>([
    [
      'the main track, wherever it is',
      [track('audio-ja', 'ja', 'alternate'), track('audio-en', 'en', 'main')],
      ['audio-ja NO YES', 'audio-en YES YES'],
    ],
    [
      'the first, where none is main',
      [track('audio-ja', 'ja', 'dub'), track('audio-en', 'en', null)],
      ['audio-ja YES YES', 'audio-en NO YES'],
    ],
    [
      'the stereo track of a stream in stereo and 5.1',
      [track('audio-en', 'en', 'main'), track('audio-en-6ch', 'en', 'main')],
      ['audio-en YES YES', 'audio-en-6ch NO NO'],
    ],
    [
      'the main track; a language selects a description, but no commentary',
      [track('a', 'en', 'commentary'), track('b', 'en', 'description'), track('c', 'en', 'main')],
      ['a NO NO', 'b NO YES', 'c YES YES'],
    ],
    ['a track without a language', [track('audio-und', 'und', 'main')], ['audio-und YES YES']],
  ])('the default is %s', (_, audios, expected) => {
    const media = audios.map(
      ({ name }) =>
        `#EXT-X-MEDIA:TYPE=AUDIO,URI="${name}.m3u8",GROUP-ID="audio",NAME="${name}",DEFAULT=YES,AUTOSELECT=YES`,
    );
    const lines = finish([], audios, media.join('\n')).split('\n');
    const attributes = lines.map((line) =>
      /NAME="(.*)",DEFAULT=(\w+),AUTOSELECT=(\w+)/.exec(line)?.slice(1).join(' '),
    );
    expect(attributes).toEqual(expected);
  });
});
