import { describe, expect, it } from 'vitest';
import type { VideoStream } from '@/lib/media/source-probe';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { copiedRendition, encodedRenditions, ladderBelowCopy } from '@/lib/packaging/plan/plan-ladder';
import { sampleVideo } from '@/tests/harness/sample-probe';

const names = (sourceBps: number, changes: Partial<VideoStream> = {}, ladder = defaultLadder) =>
  ladderBelowCopy(copiedRendition(sampleVideo(changes)), sourceBps, ladder).map(({ name }) => name);
const below = ['video-720p', 'video-480p', 'video-360p', 'video-240p'];
const size = (width: number, height: number) => ({ width, height });

describe('the copied source', () => {
  it.each<[string, number, Partial<VideoStream>, string[]]>([
    ['is the top rung at its cap', 6_000_000, {}, ['video-source', ...below]],
    ['is the top rung up to 1.6 times its cap', 9_600_000, {}, ['video-source', ...below]],
    ['is left out above that', 9_600_001, {}, ['video-1080p', ...below]],
    ['is the top rung at 60 frames a second', 6_000_000, { framesPerSecond: 60 }, ['video-source', ...below]],
    ['may take more at 60 frames a second', 13_440_000, { framesPerSecond: 60 }, ['video-source', ...below]],
    ['is left out at 120', 1_000_000, { framesPerSecond: 120 }, ['video-1080p', ...below]],
    ['has nothing below it when it is tiny', 60_000, size(160, 120), ['video-source']],
    ['of 240p has nothing below it', 400_000, size(426, 240), ['video-source']],
    [
      'of a size between rungs has those below it',
      2_753_000,
      size(1300, 732),
      ['video-source', 'video-480p', 'video-360p', 'video-240p'],
    ],
    ['in portrait is the top rung', 6_000_000, size(1080, 1920), ['video-source', ...below]],
    [
      'of 8K has all rungs of the ladder below it',
      25_000_000,
      size(7680, 4320),
      ['video-source', 'video-2160p', 'video-1440p', 'video-1080p', ...below],
    ],
  ])('%s', (_, sourceBps, changes, expected) => {
    expect(names(sourceBps, changes)).toEqual(expected);
  });

  it.each([
    [3_800_000, below],
    [3_700_000, below.slice(1)],
    [2_000_000, below.slice(1)],
    [1_700_000, below.slice(2)],
    [1_100_000, below.slice(2)],
    [900_000, below.slice(3)],
    [450_000, []],
    [100_000, []],
  ])('of %d bit/s has only rungs of a clearly lower bitrate', (sourceBps, expected) => {
    expect(names(sourceBps)).toEqual(['video-source', ...expected]);
  });

  it('is never the top rung where the ladder excludes copies', () => {
    expect(names(1_000_000, {}, { ...defaultLadder, copyUpTo: 0 })).toEqual(['video-1080p', ...below]);
  });

  it('is the same object that the fast lane has, and the others are those of the ladder', () => {
    const copied = copiedRendition(sampleVideo());
    const [top, ...others] = ladderBelowCopy(copied, 6_000_000, defaultLadder);
    expect(top).toBe(copied);
    expect(others).toEqual(encodedRenditions(sampleVideo(), defaultLadder).slice(1));
  });
});
