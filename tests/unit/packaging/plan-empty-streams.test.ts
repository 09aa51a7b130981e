import { expect, it } from 'vitest';
import { nothingKnown } from '@/lib/media/source-survey';
import { defaultLadder } from '@/lib/packaging/default-ladder';
import { planPackage } from '@/lib/packaging/plan-package';
import { sampleProbe } from '../../support/sample-probe';

const [audio] = sampleProbe().audios;
if (!audio) throw new Error('The sample has no audio.');
const english = [1, 2].map((index) => ({ ...audio, index, language: 'en', isDefault: index === 1 }));

it('an empty audio stream is left out; the next one keeps its name and becomes main', () => {
  const facts = { ...nothingKnown, empty: new Set([1]) };
  const { lanes } = planPackage(sampleProbe({ audios: english }), facts, defaultLadder);
  expect(lanes[0]?.publish.audios).toMatchObject([{ name: 'audio-en-2', role: 'main' }]);
});

it('an empty video leaves a package of audio', () => {
  const facts = { ...nothingKnown, empty: new Set([0]) };
  const { lanes, download } = planPackage(sampleProbe({ audios: english }), facts, defaultLadder);
  expect(lanes).toHaveLength(1);
  expect(lanes[0]?.publish.renditions).toEqual([]);
  expect(download.map(({ kind }) => kind)).toEqual(['audio', 'audio']);
});
