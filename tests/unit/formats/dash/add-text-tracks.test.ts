import { describe, expect, it } from 'vitest';
import { addTextTracksToDash } from '@/lib/formats/dash/add-text-tracks';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import { addTextTracksToHls } from '@/lib/formats/hls/add-text-tracks';
import type { TextTrack } from '@/lib/media/text-track';
import { sampleMpd } from '@/tests/harness/sample-mpd';
import { sampleMasterPlaylist } from '@/tests/harness/sample-playlists';

const text = (changes: Partial<TextTrack> = {}): TextTrack => ({
  file: 'text-en.vtt',
  language: 'en',
  label: 'English',
  role: 'subtitle',
  ...changes,
});
const hostile = 'a "quoted", <b>&\'\r\n#EXT-X-ENDLIST,TYPE=SUBTITLES \u0001\ud800';
const textTracks = [
  text(),
  text({ file: 'text-de.vtt', language: 'de', label: 'Deutsch (captions)', role: 'caption' }),
  text({ file: 'text-und.vtt', language: 'und', label: 'Forced', role: 'forced-subtitle' }),
];

const textSets = (mpd: string) =>
  elementsOf(parseMpd(mpd), 'AdaptationSet').filter((set) => set.getAttribute('contentType') === 'text');

describe('a DASH manifest', () => {
  it('gets a set for each track', () => {
    const added = addTextTracksToDash(sampleMpd, textTracks);
    expect(added.match(/<AdaptationSet [^>]*contentType="text".*?<\/AdaptationSet>/gs)).toEqual([
      '<AdaptationSet id="3" contentType="text" lang="en" mimeType="text/vtt"><Label>English</Label><Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/><Representation id="text-en" bandwidth="256"><BaseURL>text-en.vtt</BaseURL></Representation></AdaptationSet>',
      '<AdaptationSet id="4" contentType="text" lang="de" mimeType="text/vtt"><Label>Deutsch (captions)</Label><Role schemeIdUri="urn:mpeg:dash:role:2011" value="caption"/><Representation id="text-de" bandwidth="256"><BaseURL>text-de.vtt</BaseURL></Representation></AdaptationSet>',
      '<AdaptationSet id="5" contentType="text" mimeType="text/vtt"><Label>Forced</Label><Role schemeIdUri="urn:mpeg:dash:role:2011" value="forced-subtitle"/><Representation id="text-und" bandwidth="256"><BaseURL>text-und.vtt</BaseURL></Representation></AdaptationSet>',
    ]);
  });

  it('keeps its other sets as they are', () => {
    const others = (mpd: string) => mpd.match(/<AdaptationSet id="[012]".*?<\/AdaptationSet>/gs);
    expect(others(addTextTracksToDash(sampleMpd, textTracks))).toEqual(others(sampleMpd));
  });

  it('has ids of its own for each set', () => {
    const ids = elementsOf(parseMpd(addTextTracksToDash(sampleMpd, textTracks)), 'AdaptationSet').map((set) =>
      set.getAttribute('id'),
    );
    expect(new Set(ids).size).toBe(6);
  });

  it('is the same when the tracks are added again, and has none when none are added', () => {
    const once = addTextTracksToDash(sampleMpd, textTracks);
    expect(addTextTracksToDash(once, textTracks)).toBe(once);
    expect(addTextTracksToDash(once, [])).toBe(addTextTracksToDash(sampleMpd, []));
  });

  it('loses other text sets', () => {
    const set = '<AdaptationSet id="9" contentType="text" mimeType="application/mp4"/></Period>';
    expect(textSets(addTextTracksToDash(sampleMpd.replace('</Period>', set), []))).toEqual([]);
  });

  it('escapes hostile labels', () => {
    const [set] = textSets(addTextTracksToDash(sampleMpd, [text({ label: hostile })]));
    expect(set && elementsOf(set, 'Label')[0]?.textContent).toBe(
      'a "quoted", <b>&\' #EXT-X-ENDLIST,TYPE=SUBTITLES  ',
    );
  });
});

describe('an HLS master playlist', () => {
  const added = addTextTracksToHls(sampleMasterPlaylist, textTracks, 12.3456);

  it('names each track, and their group in each stream', () => {
    expect(added.master.split('\n').slice(5)).toEqual([
      sampleMasterPlaylist.split('\n')[5],
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="text-en.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Deutsch (captions)",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound",URI="text-de.m3u8"',
      '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Forced",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="text-und.m3u8"',
      '',
      `${sampleMasterPlaylist.split('\n')[7]},SUBTITLES="text"`,
      'video-180p.m3u8',
      '',
    ]);
  });

  it('has a playlist of one segment for each track', () => {
    expect([...added.playlists.keys()]).toEqual(['text-en.m3u8', 'text-de.m3u8', 'text-und.m3u8']);
    expect(added.playlists.get('text-en.m3u8')).toBe(
      '#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:13\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:12.346,\ntext-en.vtt\n#EXT-X-ENDLIST\n',
    );
  });

  it('is the same when the tracks are added again, and as before when none are added', () => {
    expect(addTextTracksToHls(added.master, textTracks, 12.3456)).toEqual(added);
    expect(addTextTracksToHls(added.master, [], 10)).toEqual({
      master: sampleMasterPlaylist,
      playlists: new Map(),
    });
    expect(addTextTracksToHls(sampleMasterPlaylist, [], 10).master).toBe(sampleMasterPlaylist);
  });

  it('keeps other renditions, whatever their names', () => {
    const named = sampleMasterPlaylist.replace('NAME="audio-en"', 'NAME="a,TYPE=SUBTITLES"');
    expect(addTextTracksToHls(named, [], 10).master).toBe(named);
  });

  it('lists the tracks before its streams when it has no other renditions', () => {
    const plain = sampleMasterPlaylist.replace(/#EXT-X-MEDIA.*\n\n/, '');
    const { master } = addTextTracksToHls(plain, [text()], 10);
    expect(master).toMatch(/TYPE=SUBTITLES.*\n#EXT-X-STREAM-INF/);
    expect(addTextTracksToHls(master, [text()], 10).master).toBe(master);
  });

  it('keeps hostile labels within their quotes', () => {
    const { master } = addTextTracksToHls(sampleMasterPlaylist, [text({ label: hostile })], 10);
    expect(master).toContain("NAME=\"a 'quoted', <b>&' #EXT-X-ENDLIST,TYPE=SUBTITLES  \",LANGUAGE");
    expect(addTextTracksToHls(master, [], 10).master).toBe(sampleMasterPlaylist);
  });
});
