import { expect, it } from 'vitest';
import type { AudioStream } from '@/lib/media/source-probe';
import { addedAudioTracks } from '@/lib/packages/added-audio-tracks';
import { planAudios } from '@/lib/packaging/plan/plan-tracks';
import { sampleAudioTrack } from '@/tests/harness/sample-database';
import { sampleAudio, sampleProbe } from '@/tests/harness/sample-probe';

/** The audio tracks of a video with these streams. */
const givenBy = (audios: AudioStream[]) =>
  planAudios(audios).map(({ name, role }) => sampleAudioTrack(`${name}.mp4`, role));

it.each<[string, AudioStream[]]>([
  ['none', []],
  ['one', [sampleAudio()]],
  ['two of one language', [sampleAudio(), sampleAudio({ index: 2 })]],
  ['5.1 beside stereo', [sampleAudio({ codec: 'ac3', profile: '', channels: 6 })]],
  ['a dub of the video itself', [sampleAudio(), sampleAudio({ index: 2, language: 'de', role: 'dub' })]],
])('the audio of the video itself is not added: %s', (_, audios) => {
  expect(addedAudioTracks(sampleProbe({ audios }), givenBy(audios))).toEqual([]);
});

it.each([
  ['in a language that the video does not have', 'audio-de.mp4', [sampleAudio()]],
  ['in one that it has', 'audio-en-2.mp4', [sampleAudio()]],
  ['for a video without audio', 'audio-en.mp4', []],
])('an added audio track is reported %s', (_, file, audios) => {
  const tracks = [...givenBy(audios), sampleAudioTrack(file, 'dub')];
  expect(addedAudioTracks(sampleProbe({ audios }), tracks)).toEqual([file]);
});

it('an added 5.1 track is reported where an older Cenclave made only stereo', () => {
  const audios = [sampleAudio({ codec: 'ac3', profile: '', channels: 6 })];
  const tracks = [sampleAudioTrack('audio-en.mp4', 'main'), sampleAudioTrack('audio-en-6ch.mp4', 'dub')];
  expect(addedAudioTracks(sampleProbe({ audios }), tracks)).toEqual(['audio-en-6ch.mp4']);
});
