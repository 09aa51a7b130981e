import { type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { TextTrack } from '@/lib/media/text-track';
import { elementsOf, parseMpd } from './dash-document';

const roleScheme = 'urn:mpeg:dash:role:2011';
/** Text needs almost no bandwidth, but every Representation must state one (ISO/IEC 23009-1, 5.3.5.2). */
const textBandwidthBps = 256;

/**
 * Replaces the text tracks of an MPD with these: one AdaptationSet each, with the WebVTT file as its only
 * segment (DASH-IF IOP 4.3, 6.4.5).
 */
export function addTextTracksToDash(text: string, texts: TextTrack[]): string {
  const mpd = parseMpd(text);
  for (const set of elementsOf(mpd, 'AdaptationSet')) if (isText(set)) removeWithIndent(set);
  const sets = elementsOf(mpd, 'AdaptationSet');
  const period = elementsOf(mpd, 'Period')[0];
  const firstId = 1 + Math.max(-1, ...sets.map((set) => Number(set.getAttribute('id') ?? -1)));
  // The schema allows other elements after the sets.
  const after = sets.at(-1)?.nextSibling ?? null;
  for (const [i, track] of texts.entries()) {
    period?.insertBefore(mpd.createTextNode('\n    '), after);
    period?.insertBefore(textSet(mpd, period, track, firstId + i), after);
  }
  return new XMLSerializer().serializeToString(mpd);
}

const isText = (set: Element) =>
  set.getAttribute('contentType') === 'text' || set.getAttribute('mimeType')?.startsWith('text/');

function removeWithIndent(set: Element): void {
  const before = set.previousSibling;
  if (before?.nodeName === '#text' && before.nodeValue?.trim() === '') set.parentNode?.removeChild(before);
  set.parentNode?.removeChild(set);
}

function textSet(
  mpd: Document,
  period: Element,
  { file, language, label, role }: TextTrack,
  id: number,
): Element {
  const element = (name: string, attributes: Record<string, string>, ...children: (Element | string)[]) => {
    const made = mpd.createElementNS(period.namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    for (const child of children)
      made.appendChild(typeof child === 'string' ? mpd.createTextNode(child) : child);
    return made;
  };
  const lang = language === 'und' ? {} : { lang: language };
  const representation = { id: file.replace(/\.vtt$/, ''), bandwidth: String(textBandwidthBps) };
  return element(
    'AdaptationSet',
    { id: String(id), contentType: 'text', ...lang, mimeType: 'text/vtt' },
    element('Label', {}, plainLabel(label)),
    element('Role', { schemeIdUri: roleScheme, value: role }),
    element('Representation', representation, element('BaseURL', {}, file)),
  );
}

/** Replaces characters that XML cannot hold with spaces. */
const plainLabel = (label: string) => label.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ');
