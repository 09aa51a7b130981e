import { expect, it } from 'vitest';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import { sampleMpd } from '@/tests/harness/sample-mpd';

it('finds elements in document order, at any depth', () => {
  const mpd = parseMpd(sampleMpd);
  const files = elementsOf(mpd, 'BaseURL').map((element) => element.textContent);
  expect(files).toEqual(['video-180p.mp4', 'audio-en.mp4', 'audio-de.mp4']);
  expect(elementsOf(mpd, 'EventStream')).toEqual([]);
});

it.each(['', '<MPD>', '<MPD></mpd>', '{}'])('refuses %j', (text) => {
  expect(() => parseMpd(text)).toThrow(expect.objectContaining({ code: 'verify-failed' }));
});
