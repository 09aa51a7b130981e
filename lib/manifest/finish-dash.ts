import { XMLSerializer } from '@xmldom/xmldom';
import { elementsOf, parseMpd } from './dash-document';

/** The system id of W3C Clear Key in DASH (DASH-IF registry). */
const clearKeySystem = 'urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e';
const contentProtectionNamespace = 'https://dashif.org/CPS';

export interface DashDetails {
  /** Where players ask for keys: a path on this server. */
  licensePath: string;
  /** What a viewer sees for each track's file, where there is something to see. */
  labels: Map<string, string>;
}

/** Adds to the packager's MPD what players need for Clear Key, and the labels of its tracks. */
export function finishDash(text: string, { licensePath, labels }: DashDetails): string {
  const mpd = parseMpd(text);
  for (const set of elementsOf(mpd, 'AdaptationSet')) {
    const protections = elementsOf(set, 'ContentProtection');
    const last = protections.at(-1);
    if (last) {
      const clearKey = mpd.createElementNS(last.namespaceURI, 'ContentProtection');
      clearKey.setAttribute('schemeIdUri', clearKeySystem);
      clearKey.setAttribute('value', 'ClearKey1.0');
      const url = mpd.createElementNS(contentProtectionNamespace, 'dashif:Laurl');
      url.appendChild(mpd.createTextNode(licensePath));
      clearKey.appendChild(url);
      last.parentNode?.insertBefore(clearKey, last.nextSibling);
    }
    const file = elementsOf(set, 'BaseURL')[0]?.textContent ?? '';
    const label = labels.get(file);
    const firstRepresentation = elementsOf(set, 'Representation')[0];
    if (label && firstRepresentation) {
      const element = mpd.createElementNS(set.namespaceURI, 'Label');
      element.appendChild(mpd.createTextNode(label));
      set.insertBefore(element, firstRepresentation);
    }
  }
  return new XMLSerializer().serializeToString(mpd);
}
