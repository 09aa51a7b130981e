import { expect, it } from 'vitest';
import { withEmptyStreams } from '@/lib/media/source-probe';
import { noFacts } from '@/lib/media/source-survey';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { planPackage } from '@/lib/packaging/plan/plan-package';
import { sampleProbe, sampleVideo } from '@/tests/harness/sample-probe';

const [audio] = sampleProbe().audios;
if (!audio) throw new Error('The sample has no audio.');
const english = [1, 2].map((index) => ({ ...audio, index, language: 'en', isDefault: index === 1 }));

it('an empty audio stream is left out; the next one keeps its name and becomes main', () => {
  const probe = withEmptyStreams(sampleProbe({ audios: english }), [1]);
  const { versions, streams } = planPackage(probe, noFacts, defaultLadder);
  expect(streams).toEqual([0, 2]);
  expect(versions[0]?.publish.audios).toMatchObject([{ name: 'audio-en-2', role: 'main' }]);
});

it('an empty video leaves a package of audio', () => {
  const probe = withEmptyStreams(sampleProbe({ audios: english }), [0]);
  const { versions, download } = planPackage(probe, noFacts, defaultLadder);
  expect(versions).toHaveLength(1);
  expect(versions[0]?.publish.renditions).toEqual([]);
  expect(download.map(({ kind }) => kind)).toEqual(['audio', 'audio']);
});

it('another video takes the place of an empty one', () => {
  const videos = [sampleVideo({ index: 0 }), sampleVideo({ index: 2, isDefault: false, height: 720 })];
  const { versions } = planPackage(withEmptyStreams(sampleProbe({ videos }), [0]), noFacts, defaultLadder);
  expect(versions.at(-1)?.publish.renditions[0]).toMatchObject({ height: 720, stream: { index: 2 } });
});
