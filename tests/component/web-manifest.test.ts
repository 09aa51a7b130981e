import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../public');
const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.webmanifest'), 'utf8')) as {
  icons: { src: string; type: string; sizes: string; purpose?: string }[];
};

/** Width and height of a PNG: the first fields of its first chunk (PNG, 11.2.1). */
function pngSize(file: string): string {
  const bytes = readFileSync(file);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

it('has the icons that browsers ask for to install a page', () => {
  const of = (wanted?: string) =>
    manifest.icons.flatMap(({ sizes, purpose }) => (purpose === wanted ? [sizes] : []));
  expect(of()).toEqual(['any', '192x192', '512x512']);
  expect(of('maskable')).toEqual(['512x512']);
});

it.each(manifest.icons.filter(({ type }) => type === 'image/png').map(({ src, sizes }) => [src, sizes]))(
  '%s has the size that the manifest declares',
  (src, sizes) => {
    expect(pngSize(path.join(folder, src))).toBe(sizes);
  },
);

it('an icon for iOS is square and has no transparent corners', () => {
  const file = path.join(folder, 'apple-touch-icon.png');
  expect(pngSize(file)).toBe('180x180');
  const bytes = readFileSync(file);
  const colorType = bytes[25];
  expect([2, 3]).toContain(colorType);
  expect(bytes.includes('tRNS')).toBe(false);
});
