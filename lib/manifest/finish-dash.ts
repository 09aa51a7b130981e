import { type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { elementsOf, parseMpd } from './dash-document';

/** The system id of W3C Clear Key in DASH (DASH-IF registry). */
const clearKeySystem = 'urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e';
const contentProtectionNamespace = 'https://dashif.org/CPS';

/** The order of elements in ISO/IEC 23009-1, annex B; the packager's differs for some of them. */
const schemaOrder = [
  'AudioChannelConfiguration',
  'ContentProtection',
  'EssentialProperty',
  'SupplementalProperty',
  'Label',
  'Accessibility',
  'Role',
  'BaseURL',
  'SegmentBase',
  'Representation',
];

export interface DashDetails {
  /** Where players ask for keys: a path on this server. */
  licensePath: string;
  /** What a viewer picks each track by, by its name. */
  labels: Map<string, string>;
  /** The end of the longest track. */
  durationSeconds: number;
}

/** Adds to the packager's MPD what players need for Clear Key, and the labels of its tracks. */
export function finishDash(text: string, { licensePath, labels, durationSeconds }: DashDetails): string {
  const mpd = parseMpd(text);
  putTimes(mpd, durationSeconds);
  // Protection stands in an AdaptationSet, or in each Representation where their keys differ.
  for (const parent of [...elementsOf(mpd, 'AdaptationSet'), ...elementsOf(mpd, 'Representation')]) {
    const last = elementsOf(parent, 'ContentProtection')
      .filter((element) => element.parentNode === parent)
      .at(-1);
    if (last) parent.insertBefore(clearKeyProtection(mpd, last.namespaceURI, licensePath), last.nextSibling);
  }
  for (const label of elementsOf(mpd, 'Label')) {
    label.textContent = labels.get(label.textContent ?? '') ?? label.textContent;
  }
  for (const parent of [...elementsOf(mpd, 'AdaptationSet'), ...elementsOf(mpd, 'Representation')]) {
    putInSchemaOrder(parent);
  }
  return new XMLSerializer().serializeToString(mpd);
}

/**
 * The packager takes the first and the last frame of the video for those of the presentation. It begins at zero and ends
 * with its longest track.
 */
function putTimes(mpd: Document, durationSeconds: number): void {
  mpd.documentElement?.setAttribute('mediaPresentationDuration', `PT${durationSeconds.toFixed(3)}S`);
  for (const base of elementsOf(mpd, 'SegmentBase')) base.removeAttribute('presentationTimeOffset');
}

function clearKeyProtection(mpd: Document, namespace: string | null, licensePath: string): Element {
  const element = mpd.createElementNS(namespace, 'ContentProtection');
  element.setAttribute('schemeIdUri', clearKeySystem);
  element.setAttribute('value', 'ClearKey1.0');
  const url = mpd.createElementNS(contentProtectionNamespace, 'dashif:Laurl');
  url.appendChild(mpd.createTextNode(licensePath));
  element.appendChild(url);
  return element;
}

function putInSchemaOrder(parent: Element): void {
  const elements = Array.from(parent.childNodes).filter(({ nodeName }) => schemaOrder.includes(nodeName));
  const sorted = elements.toSorted(
    (a, b) => schemaOrder.indexOf(a.nodeName) - schemaOrder.indexOf(b.nodeName),
  );
  for (const element of sorted) parent.appendChild(element);
}
