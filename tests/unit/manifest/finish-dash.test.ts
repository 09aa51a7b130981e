import { describe, expect, it } from 'vitest';
import { elementsOf, parseMpd } from '@/lib/manifest/dash-document';
import { finishDash } from '@/lib/manifest/finish-dash';
import { readDash } from '@/lib/manifest/read-dash';
import { sampleClearMpd, sampleMpd } from '@/tests/support/sample-mpd';

const licensePath = '/api/packages/7/license';
const clearKey = 'urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e';
const finish = (labels: [string, string][] = []) =>
  finishDash(sampleMpd, { licensePath, labels: new Map(labels) });
const setsOf = (text: string) => elementsOf(parseMpd(text), 'AdaptationSet');
const namesIn = (text: string) =>
  setsOf(text).map((set) =>
    Array.from(set.childNodes)
      .map((node) => node.nodeName)
      .filter((name) => !name.startsWith('#')),
  );

describe('Clear Key in a manifest', () => {
  it('stands in every set, after the other systems, with the address of the license', () => {
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

  it('changes nothing of what the packager wrote', () => {
    expect(readDash(finish([['audio-de.mp4', 'Kommentar']]))).toEqual(readDash(sampleMpd));
    const added = /<ContentProtection[^>]*schemeIdUri="urn:uuid:e2719d58[\s\S]*?<\/ContentProtection>/g;
    const spaced = (text: string) => text.replaceAll(/>\s+</g, '><').trim();
    expect(spaced(finish().replaceAll(added, ''))).toBe(spaced(sampleMpd));
  });

  it('is not said of a clear set', () => {
    expect(finishDash(sampleClearMpd, { licensePath, labels: new Map() })).not.toContain(clearKey);
  });

  it('escapes what is special in XML', () => {
    const text = finishDash(sampleMpd, { licensePath: '/a?b=1&c=<2>', labels: new Map() });
    const [url] = Array.from(parseMpd(text).getElementsByTagNameNS('https://dashif.org/CPS', 'Laurl'));
    expect(url?.textContent).toBe('/a?b=1&c=<2>');
  });
});

describe('labels', () => {
  const labelsIn = (text: string) =>
    setsOf(text).map((set) => elementsOf(set, 'Label')[0]?.textContent ?? null);

  it.each<{ name: string; labels: [string, string][]; expected: (string | null)[] }>([
    { name: 'one track', labels: [['audio-de.mp4', 'Kommentar']], expected: [null, null, 'Kommentar'] },
    {
      name: 'all tracks',
      labels: [
        ['video-180p.mp4', 'A'],
        ['audio-en.mp4', 'B'],
        ['audio-de.mp4', 'C'],
      ],
      expected: ['A', 'B', 'C'],
    },
    { name: 'a track that is not there', labels: [['audio-fr.mp4', 'X']], expected: [null, null, null] },
    {
      name: 'markup',
      labels: [['audio-en.mp4', '</Label> & "more"']],
      expected: [null, '</Label> & "more"', null],
    },
    { name: 'no track', labels: [], expected: [null, null, null] },
  ])('name $name', ({ labels, expected }) => {
    expect(labelsIn(finish(labels))).toEqual(expected);
  });

  it('stand where the schema has them: after the protection, before the Representation', () => {
    expect(namesIn(finish([['audio-en.mp4', 'Main']]))[1]).toEqual([
      'ContentProtection',
      'ContentProtection',
      'ContentProtection',
      'Label',
      'Representation',
    ]);
  });

  // A title comes from the upload. XML 1.0 (2.2) has no such characters: browsers refuse the whole manifest.
  it.fails.each(['a\u0001b', 'a\u001bb', 'a\u0000b', 'a\uffffb'])(
    'leave out what XML cannot hold: %j',
    (label) => {
      const outside = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
      expect(finish([['audio-en.mp4', label]])).not.toMatch(outside);
    },
  );
});
