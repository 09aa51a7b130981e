import { describe, expect, it } from 'vitest';
import { FormatError, hexOf } from '@/lib/formats/bytes/fields';
import { findAudioSpecificConfig, readAudioSpecificConfig } from '@/lib/formats/codecs/audio-specific-config';

describe('an AudioSpecificConfig', () => {
  it.each<[string, string, number, number]>([
    ['AAC-LC stereo at 48 kHz', '1190', 2, 2],
    ['AAC-LC mono at 44.1 kHz', '1208', 2, 1],
    ['AAC-LC 5.1', '11b0', 2, 6],
    ['AAC-LC 7.1', '11b8', 2, 7],
    ['AAC-LC with its channels in the stream', '118004c4044002002c0c800e4c61766335392e33372e313030', 2, 0],
    ['HE-AAC, explicitly signaled', '2b118800', 5, 2],
    ['HE-AACv2, explicitly signaled', 'eb09880000', 29, 1],
    ['AAC Main', '0990', 1, 2],
    // 31 escapes to 32 + 10: audioObjectType 42.
    ['xHE-AAC', 'f94640', 42, 2],
    // The frequency itself, in 24 bits: 48,000.
    ['AAC-LC at an explicit frequency', '17805dc010', 2, 2],
  ])('%s', (_, hex, objectType, channelConfiguration) => {
    const read = readAudioSpecificConfig(Buffer.from(hex, 'hex'));
    expect(read).toEqual({ objectType, channelConfiguration });
  });

  it('of one byte is too short', () => {
    expect(() => readAudioSpecificConfig(Buffer.from('11', 'hex'))).toThrow(FormatError);
  });
});

describe('an esds box', () => {
  const config = '1190';
  /** A descriptor, its length in one byte or, as FFmpeg writes it, in four. */
  const descriptor = (tag: number, content: string, isLong = false) => {
    const size = (content.length / 2).toString(16).padStart(2, '0');
    return `${tag.toString(16).padStart(2, '0')}${isLong ? '808080' : ''}${size}${content}`;
  };
  const decoder = (isLong: boolean) =>
    descriptor(4, `40150000000001f4000001f400${descriptor(5, config, isLong)}`, isLong);
  const esds = (flags: string, isLong: boolean, before = '') =>
    Buffer.from(`00000000${descriptor(3, `0001${flags}${before}${decoder(isLong)}`, isLong)}`, 'hex');

  it.each<[string, Buffer]>([
    ['with short lengths', esds('00', false)],
    ['with long lengths', esds('00', true)],
    ['that depends on another stream', esds('80', false, '0002')],
    ['with an address', esds('40', false, '03616263')],
    ['with a clock reference', esds('20', false, '0003')],
    ['with all of these', esds('e0', true, '0002036162630003')],
  ])('%s has the configuration', (_, bytes) => {
    expect(hexOf(findAudioSpecificConfig(bytes) ?? bytes)).toBe(config);
  });

  it.each([
    ['empty', ''],
    ['of another descriptor', descriptor(6, '01')],
    ['without a decoder', descriptor(3, `000100${descriptor(6, '02')}`)],
    ['whose decoder needs none', descriptor(3, `000100${descriptor(4, '6b150000000001f4000001f400')}`)],
  ])('%s has no configuration', (_, content) => {
    expect(findAudioSpecificConfig(Buffer.from(`00000000${content}`, 'hex'))).toBeNull();
  });

  it('that ends within a length is too short', () => {
    expect(() => findAudioSpecificConfig(Buffer.from('000000000380', 'hex'))).toThrow(FormatError);
  });
});
