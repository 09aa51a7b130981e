import { expect, it } from 'vitest';
import { decodeArgs, decodeEncryptedArgs, decryptionList, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import { workFileArgs } from '@/lib/ffmpeg/args/input-args';
import { words } from '@/tests/harness/sample-argv';
import { sampleKey } from '@/tests/harness/sample-plan';

it('prints a checksum for each frame', () => {
  expect(decodeArgs(['right-video-1080p.mp4'])).toEqual([
    ...workFileArgs,
    ...words(
      '-probesize 32 -analyzeduration 0 -skip_loop_filter all -i file:right-video-1080p.mp4 -map 0 -f framecrc pipe:1',
    ),
  ]);
});

it('decodes only the first seconds where that is enough', () => {
  expect(decodeArgs(['right-video-1080p.mp4'], 8)).toEqual([
    ...workFileArgs,
    ...words(
      '-probesize 32 -analyzeduration 0 -skip_loop_filter all -t 8 -i file:right-video-1080p.mp4 -map 0 -f framecrc pipe:1',
    ),
  ]);
});

it('reads several files, each with its own limits, as a stream each', () => {
  expect(decodeArgs(['a.mp4', 'b.mp4'], 1)).toEqual([
    ...workFileArgs,
    ...words('-probesize 32 -analyzeduration 0 -skip_loop_filter all -t 1 -i file:a.mp4'),
    ...workFileArgs,
    ...words(
      '-probesize 32 -analyzeduration 0 -skip_loop_filter all -t 1 -i file:b.mp4 -map 0 -map 1 -f framecrc pipe:1',
    ),
  ]);
});

it('prints a checksum for the beginning of files without decoding', () => {
  expect(packetArgs(['video.mp4', 'audio.mp4'], 7)).toEqual([
    ...workFileArgs,
    ...words('-probesize 32 -analyzeduration 0 -t 7 -i file:video.mp4'),
    ...workFileArgs,
    ...words(
      '-probesize 32 -analyzeduration 0 -t 7 -i file:audio.mp4 -map 0 -map 1 -c copy -f framehash -hash CRC32 pipe:1',
    ),
  ]);
});

it('decodes a second of the files in a list', () => {
  expect(decodeEncryptedArgs(['verify.ffconcat'], 1)).toEqual([
    ...workFileArgs,
    ...words(
      '-t 1 -nofind_stream_info -f concat -safe 0 -auto_convert 0 -i file:verify.ffconcat -map 0 -f framecrc pipe:1',
    ),
  ]);
});

it('begins a list at the start', () => {
  expect(decryptionList(['a.mp4'], sampleKey.keyHex)).not.toContain('inpoint');
});

it('passes the key in the list', () => {
  expect(decryptionList(['download.mp4'], sampleKey.keyHex, 12.3456)).toBe(
    'ffconcat version 1.0\n' +
      'file download.mp4\n' +
      'option decryption_key 76a6c65c5ea762046bd749a2e632ccbb\n' +
      'option probesize 32\noption analyzeduration 0\n' +
      'inpoint 12.346\n',
  );
});
