import { expect, it } from 'vitest';
import { decodeArgs, decodeEncryptedArgs, decryptionList } from '@/lib/ffmpeg/args/decode-args';
import { fromWorkFolder } from '@/lib/ffmpeg/args/input-args';
import { words } from '@/tests/support/sample-argv';
import { sampleKey } from '@/tests/support/sample-plan';

it('prints a checksum for each frame', () => {
  expect(decodeArgs('right-video-1080p.mp4')).toEqual([
    ...fromWorkFolder,
    ...words('-skip_loop_filter all -i file:right-video-1080p.mp4 -map 0 -f framecrc pipe:1'),
  ]);
});

it('decodes no more than the first seconds, where that is enough', () => {
  expect(decodeArgs('right-video-1080p.mp4', 8)).toEqual([
    ...fromWorkFolder,
    ...words('-skip_loop_filter all -i file:right-video-1080p.mp4 -t 8 -map 0 -f framecrc pipe:1'),
  ]);
});

it('decodes a second of what a list names', () => {
  expect(decodeEncryptedArgs('verify.ffconcat', 1)).toEqual([
    ...fromWorkFolder,
    ...words('-f concat -safe 0 -i file:verify.ffconcat -t 1 -map 0 -f framecrc pipe:1'),
  ]);
});

it('hands over the key in the list', () => {
  expect(decryptionList('download.mp4', sampleKey.keyHex, 12.3456)).toBe(
    'ffconcat version 1.0\n' +
      'file download.mp4\n' +
      'option decryption_key 76a6c65c5ea762046bd749a2e632ccbb\n' +
      'inpoint 12.346\n',
  );
});
