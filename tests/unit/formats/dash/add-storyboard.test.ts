import { describe, expect, it } from 'vitest';
import { addStoryboard } from '@/lib/formats/dash/add-storyboard';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import { sampleMpd } from '@/tests/harness/sample-mpd';

const storyboard = { intervalSeconds: 2, columns: 5, rows: 5, width: 160, height: 90, sheets: 2 };

describe('a storyboard of two sheets', () => {
  const text = addStoryboard(sampleMpd, storyboard);
  const mpd = parseMpd(text);
  const set = elementsOf(mpd, 'AdaptationSet').at(-1);
  const attributes = (name: string) => {
    const [element] = set ? elementsOf(set, name) : [];
    return Object.fromEntries(
      Array.from(element?.attributes ?? []).map((attribute) => [attribute.name, attribute.value]),
    );
  };

  it('is one more image set, in the Period and its namespace', () => {
    expect(elementsOf(mpd, 'AdaptationSet')).toHaveLength(4);
    expect(set?.parentNode?.nodeName).toBe('Period');
    expect(set?.namespaceURI).toBe('urn:mpeg:dash:schema:mpd:2011');
    expect(set?.getAttribute('contentType')).toBe('image');
    expect(set?.getAttribute('mimeType')).toBe('image/jpeg');
  });

  it('has one segment for each sheet, the first numbered 1 as FFmpeg does', () => {
    expect(attributes('SegmentTemplate')).toEqual({
      media: 'thumbnails-$Number$.jpg',
      timescale: '1',
      duration: '50',
      startNumber: '1',
    });
  });

  it('has the size of a sheet, and its tile layout', () => {
    expect(attributes('Representation')).toEqual({
      id: 'thumbnails',
      bandwidth: String(Math.ceil((800 * 450) / 50)),
      width: '800',
      height: '450',
    });
    expect(attributes('EssentialProperty')).toEqual({
      schemeIdUri: 'http://dashif.org/guidelines/thumbnail_tile',
      value: '5x5',
    });
  });

  it('has an id that no other set has', () => {
    const ids = elementsOf(mpd, 'AdaptationSet').map((item) => item.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('changes nothing else', () => {
    const without = text.replace(/<AdaptationSet id="1000"[\s\S]*?<\/AdaptationSet>/, '');
    expect(without.trim()).toBe(sampleMpd.trim());
  });
});

it('adds nothing without a storyboard', () => {
  expect(addStoryboard(sampleMpd, null)).toBe(sampleMpd);
});
