import { describe, expect, it } from 'vitest';
import { languageName } from '@/app/_features/packages/languages';
import { trackDetail } from '@/app/_features/packages/track-table';
import type { Track } from '@/lib/media/track';

const track: Track = {
  kind: 'video',
  file: 'video-720p.mp4',
  codec: 'avc1.64001f',
  bitrateBps: 2_400_000,
  language: 'und',
  label: null,
  role: null,
  width: 1280,
  height: 720,
  channels: null,
  isCopied: false,
};
const audio: Track = { ...track, kind: 'audio', width: null, height: null };
const text: Track = { ...audio, kind: 'text' };

describe('trackDetail', () => {
  it.each([
    [track, '1280 × 720'],
    [{ ...audio, channels: 2 }, 'Stereo'],
    [{ ...audio, channels: 6 }, '5.1'],
    [{ ...audio, channels: 3 }, '3 channels'],
    [{ ...text, label: 'Songs and signs' }, 'Songs and signs'],
    [text, '–'],
  ] as const)('of %j is %s', (of, detail) => {
    expect(trackDetail(of)).toBe(detail);
  });
});

describe('languageName', () => {
  it.each([
    ['video', 'und', '–'],
    ['audio', 'und', 'Unknown'],
    ['audio', 'de', 'German'],
    ['text', 'pt-BR', 'Brazilian Portuguese'],
    ['text', 'not a tag', 'not a tag'],
  ] as const)('of %s in %s is %s', (kind, language, name) => {
    expect(languageName({ kind, language })).toBe(name);
  });
});
