import { expect, it } from 'vitest';
import type { KeyLabel, KeyMode } from '@/lib/media/content-key';
import type { Track } from '@/lib/media/track';
import { plannedTracks, publishedTracks } from '@/lib/packaging/plan/packager-tracks';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/harness/sample-plan';

const planned = {
  renditions: [
    sampleRendition(),
    sampleEncoded(),
    sampleEncoded({ name: 'video-480p', width: 854, height: 480 }),
  ],
  audios: [samplePlannedAudio({ mode: 'encode', role: 'commentary', label: 'Director' })],
};
const none = { language: 'und', label: null, role: null };
const tracksWith = (...keys: [KeyLabel, KeyLabel, KeyLabel, KeyLabel]) => [
  { kind: 'video', name: 'video-1080p', ...none, keyLabel: keys[0], isCopied: true },
  { kind: 'video', name: 'video-720p', ...none, keyLabel: keys[1], isCopied: false },
  { kind: 'video', name: 'video-480p', ...none, keyLabel: keys[2], isCopied: false },
  {
    kind: 'audio',
    name: 'audio-en',
    language: 'en',
    label: 'Director',
    role: 'commentary',
    keyLabel: keys[3],
    isCopied: false,
  },
];
const modes: [KeyMode, object[]][] = [
  ['one', tracksWith('all', 'all', 'all', 'all')],
  ['per-track-type', tracksWith('hd', 'hd', 'sd', 'audio')],
];

it.each(modes)('a plan has its renditions, then its audio, with keys of mode %s', (mode, expected) => {
  expect(plannedTracks(planned, mode)).toEqual(expected);
});

it.each(modes)(
  'a published version has the same tracks, without its text tracks, with keys of mode %s',
  (mode, expected) => {
    const sizes = [...planned.renditions, { width: null, height: null }];
    const tracks = plannedTracks(planned, mode).map(({ keyLabel: _, name, ...track }, i): Track => {
      const { width = null, height = null } = sizes[i] ?? {};
      return { ...track, file: `${name}.mp4`, codec: 'x', bitrateBps: 1, width, height, channels: null };
    });
    const text: Track = {
      ...{
        kind: 'text',
        file: 'text-en.vtt',
        codec: 'wvtt',
        bitrateBps: 0,
        language: 'en',
        label: 'English',
      },
      ...{ role: 'subtitle', width: null, height: null, channels: null, isCopied: false },
    };
    expect(publishedTracks([...tracks, text], mode)).toEqual(expected);
  },
);
