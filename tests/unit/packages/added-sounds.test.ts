import { expect, it } from 'vitest';
import type { AudioStream } from '@/lib/media/source-probe';
import { addedSounds } from '@/lib/packages/added-sounds';
import { planAudios } from '@/lib/packaging/plan-tracks';
import { sampleAudioTrack } from '@/tests/support/sample-database';
import { sampleAudio, sampleProbe } from '@/tests/support/sample-probe';

/** The tracks that a video with these sounds gives. */
const givenBy = (audios: AudioStream[]) =>
  planAudios(audios).map(({ name, role }) => sampleAudioTrack(`${name}.mp4`, role));

it.each<[string, AudioStream[]]>([
  ['none', []],
  ['one', [sampleAudio()]],
  ['two of one language', [sampleAudio(), sampleAudio({ index: 2 })]],
  ['5.1 beside stereo', [sampleAudio({ codec: 'ac3', profile: '', channels: 6 })]],
  ['a dub of the video itself', [sampleAudio(), sampleAudio({ index: 2, language: 'de', role: 'dub' })]],
])('the sounds of a video are not added ones: %s', (_, audios) => {
  expect(addedSounds(sampleProbe({ audios }), givenBy(audios))).toEqual([]);
});

it.each([
  ['in a language that the video has not', 'audio-de.mp4', [sampleAudio()]],
  ['in one that it has', 'audio-en-2.mp4', [sampleAudio()]],
  ['for a video without sound', 'audio-en.mp4', []],
])('a sound that was added is told %s', (_, file, audios) => {
  const tracks = [...givenBy(audios), sampleAudioTrack(file, 'dub')];
  expect(addedSounds(sampleProbe({ audios }), tracks)).toEqual([file]);
});

it('an added 5.1 is told where an older Cenclave made stereo alone', () => {
  const audios = [sampleAudio({ codec: 'ac3', profile: '', channels: 6 })];
  const tracks = [sampleAudioTrack('audio-en.mp4', 'main'), sampleAudioTrack('audio-en-6ch.mp4', 'dub')];
  expect(addedSounds(sampleProbe({ audios }), tracks)).toEqual(['audio-en-6ch.mp4']);
});
