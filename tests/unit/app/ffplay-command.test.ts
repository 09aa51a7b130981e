import { expect, it } from 'vitest';
import { downloadKey, downloadName, ffplayCommand } from '@/app/_features/packages/key-panel';
import { sampleKey } from '@/tests/harness/sample-plan';

const key = '0123456789abcdef0123456789abcdef';

it.each([
  ['a.b.mov', 'a.b_encrypted.mp4'],
  ['no-extension', 'no-extension_encrypted.mp4'],
  ['.hidden', '.hidden_encrypted.mp4'],
  ['حفل 🎓.mkv', 'حفل 🎓_encrypted.mp4'],
])('the download of %s is called %s', (videoName, name) => {
  expect(downloadName(videoName)).toBe(name);
});

it('escapes characters that a shell interprets', () => {
  expect(ffplayCommand('say "$(hi)` \\.mp4', key)).toBe(
    `ffplay "say \\"\\$(hi)\\\` \\\\_encrypted.mp4" -decryption_key ${key}`,
  );
});

it('uses the key of the download where each type of track has its own', () => {
  const keys = (['audio', 'sd', 'download'] as const).map((label) => ({ ...sampleKey, label }));
  expect(downloadKey(keys)?.label).toBe('download');
  expect(downloadKey([sampleKey])).toBe(sampleKey);
});
