import { DOMParser, type Element } from '@xmldom/xmldom';

/** The first children of both AdaptationSet and Representation (ISO/IEC 23009-1, RepresentationBaseType). */
// biome-ignore format: one line a type
const base = [
  'FramePacking', 'AudioChannelConfiguration', 'ContentProtection', 'OutputProtection', 'EssentialProperty',
  'SupplementalProperty', 'InbandEventStream', 'Switching', 'RandomAccess', 'GroupLabel', 'Label',
];

/** The order of children that the schema of the MPD requires, for the elements that packages use. */
// biome-ignore format: one line a type
const order: Record<string, string[]> = {
  MPD: ['ProgramInformation', 'BaseURL', 'Location', 'ContentProtection', 'Period', 'EssentialProperty', 'SupplementalProperty'],
  Period: ['BaseURL', 'SegmentBase', 'SegmentList', 'SegmentTemplate', 'EventStream', 'ContentProtection', 'AdaptationSet', 'Subset', 'SupplementalProperty'],
  AdaptationSet: [...base, 'Accessibility', 'Role', 'Rating', 'Viewpoint', 'BaseURL', 'SegmentBase', 'SegmentList', 'SegmentTemplate', 'Representation'],
  Representation: [...base, 'BaseURL', 'SubRepresentation', 'SegmentBase', 'SegmentList', 'SegmentTemplate'],
  SegmentBase: ['Initialization', 'RepresentationIndex'],
};

const needed: Record<string, string[]> = {
  MPD: ['profiles', 'minBufferTime'],
  Representation: ['id', 'bandwidth'],
};

/** Violations of the schema by a manifest: misplaced children, missing attributes, duplicate ids. */
export function mpdFaults(mpd: string): string[] {
  const root = new DOMParser().parseFromString(mpd, 'text/xml').documentElement;
  if (!root) return ['There is no MPD.'];
  const ids = [...root.getElementsByTagName('Representation')].map((item) => item.getAttribute('id'));
  return [
    ...faultsOf(root),
    ...(new Set(ids).size === ids.length ? [] : ['Two Representations have the same id.']),
  ];
}

function faultsOf(element: Element): string[] {
  const children = [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
  const known = order[element.localName ?? ''];
  const places = known ? children.map(({ localName }) => known.indexOf(localName ?? '')) : [];
  const misplaced = children.filter((_, i) => {
    const place = places[i];
    return place !== undefined && (place === -1 || place < Math.max(...places.slice(0, i), 0));
  });
  const missing = (needed[element.localName ?? ''] ?? []).filter((name) => !element.hasAttribute(name));
  return [
    ...misplaced.map(({ localName }) => `${localName} is misplaced in ${element.localName}.`),
    ...missing.map((name) => `${element.localName} has no ${name}.`),
    ...children.flatMap(faultsOf),
  ];
}
