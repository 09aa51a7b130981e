import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { readDash } from '@/lib/formats/dash/read-dash';
import { sampleClearMpd, sampleMpd } from '@/tests/harness/sample-mpd';

const protection = { scheme: 'cenc', kidHex: 'a7e61c373e219033c21091fa607bf3b8' };
const audio = { kind: 'audio', codec: 'mp4a.40.2', width: null, height: null, channels: 1, protection };

it("reads the tracks of the packager's manifest", () => {
  expect(readDash(sampleMpd)).toEqual([
    {
      file: 'video-180p.mp4',
      kind: 'video',
      codec: 'avc1.64000c',
      bitrateBps: 257_308,
      width: 320,
      height: 180,
      language: 'und',
      channels: null,
      protection,
      init: { start: 0, end: 1007 },
      index: { start: 1008, end: 1075 },
    },
    {
      ...audio,
      file: 'audio-en.mp4',
      bitrateBps: 75_568,
      language: 'en',
      init: { start: 0, end: 964 },
      index: { start: 965, end: 1032 },
    },
    {
      ...audio,
      file: 'audio-de.mp4',
      bitrateBps: 75_684,
      language: 'de',
      init: { start: 0, end: 964 },
      index: { start: 965, end: 1032 },
    },
  ]);
});

it("prefers a Representation's own size, type and protection to those of its set", () => {
  const own =
    '<ContentProtection value="cbcs" schemeIdUri="urn:mpeg:dash:mp4protection:2011" cenc:default_KID="00000000-0000-0000-0000-0000000000AA"/>';
  const mpd = sampleMpd
    .replace('<Representation id="0"', '<Representation id="0" width="160" height="90"')
    .replace('<BaseURL>video', `${own}<BaseURL>video`);
  expect(readDash(mpd)[0]).toMatchObject({
    width: 160,
    height: 90,
    protection: { scheme: 'cbcs', kidHex: '000000000000000000000000000000aa' },
  });
});

it('takes the kind from the media type where there is no content type', () => {
  const kinds = readDash(sampleMpd.replaceAll(/ contentType="\w+"/g, '')).map((track) => track.kind);
  expect(kinds).toEqual(['video', 'audio', 'audio']);
});

it('reports clear tracks', () => {
  expect(readDash(sampleClearMpd).map((track) => track.protection)).toEqual([null, null, null]);
});

describe('an invalid manifest', () => {
  it.each<[string, string]>([
    ['cut off', sampleMpd.slice(0, 1200)],
    ['empty', ''],
    ['not XML', 'not found'],
    ['with a tag that is not closed', sampleMpd.replace('</Period>', '')],
    ['without an index', sampleMpd.replace('indexRange="1008-1075"', '')],
    ['without an init segment', sampleMpd.replace('<Initialization range="0-1007"/>', '')],
    ['with an invalid range', sampleMpd.replace('0-1007', '0-')],
  ])('is refused: %s', (_, text) => {
    expect(() => readDash(text)).toThrow(
      expect.objectContaining({ constructor: AppError, code: 'verify-failed' }),
    );
  });

  it('may have no track: the caller checks their number', () => {
    expect(readDash('<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>')).toEqual([]);
  });
});
