import { describe, expect, it } from 'vitest';
import { audioKeyLabel, keyFor, keyLabelsOf, videoKeyLabel } from '@/lib/keys/key-labels';
import type { KeyLabel, KeyMode, PackageKey } from '@/lib/media/content-key';

describe('the key label of a video track', () => {
  it.each<[number | null, number | null, KeyLabel]>([
    [160, 120, 'sd'],
    [854, 480, 'sd'],
    [1024, 576, 'sd'],
    [1026, 578, 'hd'],
    [1280, 720, 'hd'],
    [1920, 1080, 'hd'],
    [1080, 1920, 'hd'],
    [576, 1024, 'sd'],
    [1998, 1080, 'hd'],
    [2560, 1082, 'uhd'],
    [3840, 2160, 'uhd'],
    [2160, 3840, 'uhd'],
    [null, null, 'sd'],
  ])('of %j×%j is %s', (width, height, expected) => {
    expect(videoKeyLabel({ width, height }, 'per-track-type')).toBe(expected);
    expect(videoKeyLabel({ width, height }, 'one')).toBe('all');
  });
});

it.each<[KeyMode, KeyLabel, KeyLabel[]]>([
  ['one', 'all', ['all']],
  ['per-track-type', 'audio', ['audio', 'sd', 'hd', 'uhd', 'download']],
])('the mode %s has %s for audio, and keys for %j', (mode, ofAudio, labels) => {
  expect(audioKeyLabel(mode)).toBe(ofAudio);
  expect(keyLabelsOf(mode)).toEqual(labels);
});

describe('the key for a label', () => {
  const key = (label: KeyLabel): PackageKey => ({ label, kidHex: `kid-${label}`, keyHex: `key-${label}` });
  const labels = keyLabelsOf('per-track-type');

  it.each(labels)('is its own: %s', (label) => {
    expect(keyFor(labels.map(key), label)).toEqual(key(label));
  });

  it.each(labels)('is the common key where there is one: %s', (label) => {
    expect(keyFor([key('all')], label)).toEqual(key('all'));
  });

  it.each([[[]], [[key('sd')]]])('throws where there is none: %j', (keys) => {
    expect(() => keyFor(keys, 'hd')).toThrow('There is no content key for "hd".');
  });
});
