import { XMLSerializer } from '@xmldom/xmldom';
import type { Storyboard } from '@/lib/media/storyboard';
import { elementsOf, parseMpd } from './dash-document';

/** DASH-IF IOP 4.3, 6.2.6: tiled thumbnails. */
const tileScheme = 'http://dashif.org/guidelines/thumbnail_tile';
const jpegBitsPerPixel = 1;

/**
 * Adds a storyboard to an MPD as its image AdaptationSet, replacing an earlier one; `null` changes nothing.
 */
export function addStoryboard(text: string, storyboard: (Storyboard & { sheets: number }) | null): string {
  if (!storyboard) return text;
  const mpd = parseMpd(text);
  const period = elementsOf(mpd, 'Period')[0];
  if (!period) return text;
  for (const set of elementsOf(mpd, 'AdaptationSet')) {
    if (set.getAttribute('contentType') === 'image') period.removeChild(set);
  }
  const { intervalSeconds, columns, rows, width, height } = storyboard;
  const add = (parent: typeof period, name: string, attributes: Record<string, string | number>) => {
    const element = mpd.createElementNS(period.namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    parent.appendChild(element);
    return element;
  };
  const seconds = intervalSeconds * columns * rows;
  const set = add(period, 'AdaptationSet', { id: 1000, contentType: 'image', mimeType: 'image/jpeg' });
  add(set, 'SegmentTemplate', {
    media: 'thumbnails-$Number$.jpg',
    timescale: 1,
    duration: seconds,
    startNumber: 1,
  });
  const size = { width: width * columns, height: height * rows };
  const bandwidth = Math.ceil((size.width * size.height * jpegBitsPerPixel) / seconds);
  const representation = add(set, 'Representation', { id: 'thumbnails', bandwidth, ...size });
  add(representation, 'EssentialProperty', { schemeIdUri: tileScheme, value: `${columns}x${rows}` });
  return new XMLSerializer().serializeToString(mpd);
}
