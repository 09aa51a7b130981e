import { expect, it } from 'vitest';
import { downloadFile, downloadFolder, versionFiles, versionFolder } from '@/lib/media/file-names';

it('keeps the names that players and the download rely on', () => {
  expect(versionFiles).toEqual({ dash: 'manifest.mpd', hls: 'master.m3u8' });
  expect(`${downloadFolder(2)}/${downloadFile}`).toBe('download-2/download.mp4');
});

it.each([
  [1, 'v1'],
  [12, 'v12'],
])('names the folder of version %i %s', (number, name) => {
  expect(versionFolder(number)).toBe(name);
});
