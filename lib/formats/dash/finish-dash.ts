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
  /** The license server for players: a path on this server. */
  licensePath: string;
  /** The label that viewers see, by track name. */
  labels: Map<string, string>;
  /** The end of the longest track. */
  durationSeconds: number;
  /** The name of the audio track that plays by default. */
  firstAudio?: string | undefined;
  /** The names of video tracks whose keyframes are all random access points. */
  randomAccess?: Set<string>;
}

/**
 * Adds to the packager's MPD what players need for Clear Key, the labels of its tracks, and what the packager
 * does not know about them.
 */
export function finishDash(text: string, details: DashDetails): string {
  const { licensePath, labels } = details;
  const mpd = parseMpd(text);
  putTimes(mpd, details.durationSeconds);
  // ContentProtection is in an AdaptationSet, or in each Representation where their keys differ.
  for (const parent of [...elementsOf(mpd, 'AdaptationSet'), ...elementsOf(mpd, 'Representation')]) {
    const last = elementsOf(parent, 'ContentProtection')
      .filter((element) => element.parentNode === parent)
      .at(-1);
    if (last) parent.insertBefore(clearKeyProtection(mpd, last.namespaceURI, licensePath), last.nextSibling);
  }
  for (const set of elementsOf(mpd, 'AdaptationSet')) describeSet(set, details);
  for (const label of elementsOf(mpd, 'Label')) {
    label.textContent = labels.get(label.textContent ?? '') ?? label.textContent;
  }
  for (const parent of [...elementsOf(mpd, 'AdaptationSet'), ...elementsOf(mpd, 'Representation')]) {
    putInSchemaOrder(parent);
  }
  return new XMLSerializer().serializeToString(mpd);
}

/**
 * The packager derives the start and the end of the presentation from the first and the last frame of the
 * video. It begins at zero and ends with its longest track.
 */
function putTimes(mpd: Document, durationSeconds: number): void {
  mpd.documentElement?.setAttribute('mediaPresentationDuration', `PT${durationSeconds.toFixed(3)}S`);
  for (const base of elementsOf(mpd, 'SegmentBase')) base.removeAttribute('presentationTimeOffset');
}

/**
 * Marks video whose segments all begin with a stream access point of type 1, as the packager does for audio,
 * and prefers the default audio track (ISO/IEC 23009-1, 5.3.3.2: `@subsegmentStartsWithSAP`,
 * `@selectionPriority`).
 */
function describeSet(set: Element, { firstAudio, randomAccess = new Set() }: DashDetails): void {
  const names = elementsOf(set, 'BaseURL').map(({ textContent }) => textContent?.replace(/\.mp4$/, '') ?? '');
  const isVideo = set.getAttribute('contentType') === 'video';
  if (isVideo && names.length > 0 && names.every((name) => randomAccess.has(name)))
    set.setAttribute('subsegmentStartsWithSAP', '1');
  if (firstAudio !== undefined && names.includes(firstAudio)) set.setAttribute('selectionPriority', '2');
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
