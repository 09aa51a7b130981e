import type { Element } from '@xmldom/xmldom';
import { AppError } from '@/lib/errors';
import { elementsOf, parseMpd } from './dash-document';

/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** One Representation of an on-demand MPD. */
export interface DashTrack {
  file: string;
  kind: 'video' | 'audio';
  codec: string;
  bitrateBps: number;
  width: number | null;
  height: number | null;
  language: string;
  channels: number | null;
  /** From `mp4protection`; null when the MPD describes the track as clear. */
  protection: { scheme: string; kidHex: string } | null;
  init: ByteRange;
  index: ByteRange;
}

/**
 * Reads the encrypted tracks of an MPD of the on-demand profile (ISO/IEC 23009-1, 8.3): one file each, with
 * SegmentBase.
 * @throws AppError `verify-failed` when it is something else
 */
export function readDash(text: string): DashTrack[] {
  return elementsOf(parseMpd(text), 'AdaptationSet')
    .filter(isEncrypted)
    .flatMap((set) =>
      elementsOf(set, 'Representation').map((representation) => readTrack(set, representation)),
    );
}

/** Whether a set holds encrypted tracks; text tracks and thumbnails are in the clear. */
function isEncrypted(set: Element): boolean {
  const [first] = elementsOf(set, 'Representation');
  const kind = set.getAttribute('contentType') || first?.getAttribute('mimeType')?.split('/')[0];
  return kind === 'video' || kind === 'audio';
}

function readTrack(set: Element, representation: Element): DashTrack {
  const attribute = (name: string) => representation.getAttribute(name) || set.getAttribute(name) || null;
  const number = (name: string) => Number(attribute(name)) || null;
  const channels = elementsOf(representation, 'AudioChannelConfiguration')[0]?.getAttribute('value');
  return {
    file: elementsOf(representation, 'BaseURL')[0]?.textContent ?? '',
    kind: (attribute('contentType') ?? attribute('mimeType')?.split('/')[0]) as DashTrack['kind'], // the schema's values
    codec: attribute('codecs') ?? '',
    bitrateBps: number('bandwidth') ?? 0,
    width: number('width'),
    height: number('height'),
    language: attribute('lang') ?? 'und',
    channels: Number(channels) || null,
    protection: readProtection(set, representation),
    init: readRange(elementsOf(representation, 'Initialization')[0]?.getAttribute('range')),
    index: readRange(elementsOf(representation, 'SegmentBase')[0]?.getAttribute('indexRange')),
  };
}

function readProtection(set: Element, representation: Element): DashTrack['protection'] {
  const found = [
    ...elementsOf(representation, 'ContentProtection'),
    ...elementsOf(set, 'ContentProtection'),
  ].find((element) => element.getAttribute('schemeIdUri') === 'urn:mpeg:dash:mp4protection:2011');
  if (!found) return null;
  const kidHex = (found.getAttribute('cenc:default_KID') ?? '').replaceAll('-', '').toLowerCase();
  return { scheme: found.getAttribute('value') ?? '', kidHex };
}

function readRange(text: string | null | undefined): ByteRange {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '');
  if (!match) throw new AppError('verify-failed', 'The DASH manifest has a track without byte ranges.');
  return { start: Number(match[1]), end: Number(match[2]) };
}
