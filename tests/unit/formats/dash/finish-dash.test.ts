import { describe, expect, it } from 'vitest';
import { elementsOf, parseMpd } from '@/lib/formats/dash/dash-document';
import { finishDash } from '@/lib/formats/dash/finish-dash';
import { readDash } from '@/lib/formats/dash/read-dash';
import { mpdFaults } from '@/tests/harness/mpd-order';
import { sampleClearMpd, sampleMpd } from '@/tests/harness/sample-mpd';

const licensePath = '/api/packages/7/license';
const clearKey = 'urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e';
const finish = (labels: [string, string][] = [], mpd = sampleMpd) =>
  finishDash(mpd, { licensePath, labels: new Map(labels), durationSeconds: 10 });
const setsOf = (text: string) => elementsOf(parseMpd(text), 'AdaptationSet');
const namesIn = (element: ReturnType<typeof setsOf>[number] | undefined) =>
  Array.from(element?.childNodes ?? [])
    .map((node) => node.nodeName)
    .filter((name) => !name.startsWith('#'));

describe('Clear Key in a manifest', () => {
  it('is in every set, after the other systems, with the address of the license', () => {
    const sets = setsOf(finish());
    expect(sets).toHaveLength(3);
    for (const set of sets) {
      const protections = elementsOf(set, 'ContentProtection');
      expect(protections.map((item) => item.getAttribute('schemeIdUri'))).toEqual([
        'urn:mpeg:dash:mp4protection:2011',
        'urn:uuid:1077efec-c0b2-4d02-ace3-3c1e52e2fb4b',
        clearKey,
      ]);
      const added = protections[2];
      expect(added?.getAttribute('value')).toBe('ClearKey1.0');
      expect(added?.namespaceURI).toBe('urn:mpeg:dash:schema:mpd:2011');
      const [url] = Array.from(added?.getElementsByTagNameNS('https://dashif.org/CPS', 'Laurl') ?? []);
      expect(url?.textContent).toBe(licensePath);
    }
  });

  it('is in the Representations where their keys differ', () => {
    const protections = /( *<ContentProtection[\s\S]*<\/ContentProtection>\n)( *<Representation id="0".*\n)/;
    const moved = sampleMpd.replace(protections, '$2$1');
    const text = finish([], moved);
    const [video] = setsOf(text);
    expect(namesIn(video)).toEqual(['Representation']);
    expect(namesIn(elementsOf(parseMpd(text), 'Representation')[0])).toEqual([
      'ContentProtection',
      'ContentProtection',
      'ContentProtection',
      'BaseURL',
      'SegmentBase',
    ]);
    expect(text.split(clearKey)).toHaveLength(4);
  });

  it('keeps everything that the packager wrote', () => {
    expect(readDash(finish([['audio-de', 'Kommentar']]))).toEqual(readDash(sampleMpd));
    const added = /<ContentProtection[^>]*schemeIdUri="urn:uuid:e2719d58[\s\S]*?<\/ContentProtection>/g;
    const parts = (text: string) => text.split(/\s*(<[^>]+>)\s*/).filter((part) => part !== '');
    const before = sampleMpd.replace('"PT10S"', '"PT10.000S"');
    expect(parts(finish().replaceAll(added, '')).sort()).toEqual(parts(before).sort());
  });

  it('is not added to a clear set', () => {
    expect(finish([], sampleClearMpd)).not.toContain(clearKey);
  });

  it('escapes special characters of XML', () => {
    const text = finishDash(sampleMpd, {
      licensePath: '/a?b=1&c=<2>',
      labels: new Map(),
      durationSeconds: 10,
    });
    const [url] = Array.from(parseMpd(text).getElementsByTagNameNS('https://dashif.org/CPS', 'Laurl'));
    expect(url?.textContent).toBe('/a?b=1&c=<2>');
  });
});

// The packager writes the start and the duration of the video as those of the presentation.
it('the presentation begins at zero, and ends with its longest track', () => {
  const late = sampleMpd.replaceAll('timescale="90000"', 'timescale="90000" presentationTimeOffset="7200"');
  const text = finishDash(late, { licensePath, labels: new Map(), durationSeconds: 11.0026 });
  expect(text).toContain(' mediaPresentationDuration="PT11.003S"');
  expect(text).not.toContain('presentationTimeOffset');
});

describe('labels', () => {
  const labelsIn = (text: string) =>
    setsOf(text).map((set) => elementsOf(set, 'Label')[0]?.textContent ?? null);

  it.each<{ name: string; labels: [string, string][]; expected: (string | null)[] }>([
    { name: 'one track', labels: [['audio-de', 'Kommentar']], expected: [null, 'audio-en', 'Kommentar'] },
    {
      name: 'all tracks',
      labels: [
        ['audio-en', 'B'],
        ['audio-de', 'C'],
      ],
      expected: [null, 'B', 'C'],
    },
    {
      name: 'tracks with each other’s names',
      labels: [
        ['audio-en', 'audio-de'],
        ['audio-de', 'audio-en'],
      ],
      expected: [null, 'audio-de', 'audio-en'],
    },
    {
      name: 'a track that does not exist',
      labels: [['audio-fr', 'X']],
      expected: [null, 'audio-en', 'audio-de'],
    },
    {
      name: 'markup and commas',
      labels: [['audio-en', '</Label> & "more", and more']],
      expected: [null, '</Label> & "more", and more', 'audio-de'],
    },
    { name: 'no track', labels: [], expected: [null, 'audio-en', 'audio-de'] },
  ])('name $name', ({ labels, expected }) => {
    expect(labelsIn(finish(labels))).toEqual(expected);
  });

  it('are where the schema requires them: after the protection, before Role and Representation', () => {
    expect(namesIn(setsOf(finish([['audio-en', 'Main']]))[1])).toEqual([
      'ContentProtection',
      'ContentProtection',
      'ContentProtection',
      'Label',
      'Role',
      'Representation',
    ]);
  });
});

it("fixes the packager's order of elements, which the MPD schema rejects", () => {
  expect(mpdFaults(sampleMpd)).not.toEqual([]);
  expect(mpdFaults(finish())).toEqual([]);
});

describe('the attributes of sets', () => {
  const described = (details: Partial<Parameters<typeof finishDash>[1]>) =>
    setsOf(finishDash(sampleMpd, { licensePath, labels: new Map(), durationSeconds: 10, ...details }));
  const values = (sets: ReturnType<typeof setsOf>, name: string) => sets.map((set) => set.getAttribute(name));
  const nameOf = (set: ReturnType<typeof setsOf>[number] | undefined) =>
    set && (elementsOf(set, 'BaseURL')[0]?.textContent?.replace('.mp4', '') ?? '');
  const [video, audio] = setsOf(sampleMpd).map(nameOf);

  it('video whose segments all begin with a stream access point is marked', () => {
    const points = 'subsegmentStartsWithSAP';
    const before = values(setsOf(sampleMpd), points);
    expect(before[0]).toBeNull();
    expect(values(described({ randomAccess: new Set([video ?? '']) }), points)).toEqual([
      '1',
      ...before.slice(1),
    ]);
    expect(values(described({ randomAccess: new Set(['video-other']) }), points)).toEqual(before);
  });

  it('the default audio track is preferred', () => {
    expect(values(described({ firstAudio: audio }), 'selectionPriority')).toEqual([null, '2', null]);
    expect(values(described({}), 'selectionPriority')).toEqual([null, null, null]);
  });
});
