import { expect, it } from 'vitest';
import { commonPssh } from '@/lib/keys/pssh';

const kid = 'a7e61c373e219033c21091fa607bf3b8';
const systemId = '1077efecc0b24d02ace33c1e52e2fb4b';

it('is the box that Shaka Packager writes for the same KID', () => {
  expect(commonPssh([kid]).toString('base64')).toBe(
    'AAAANHBzc2gBAAAAEHfv7MCyTQKs4zweUuL7SwAAAAGn5hw3PiGQM8IQkfpge/O4AAAAAA==',
  );
});

it.each<[string, string[], string]>([
  ['no KID', [], `00000024${'70737368'}01000000${systemId}00000000${'00000000'}`],
  [
    'two KIDs',
    [kid, 'f'.repeat(32)],
    `00000044${'70737368'}01000000${systemId}00000002${kid}${'f'.repeat(32)}00000000`,
  ],
])('has its own size and the number of its KIDs: %s', (_, kids, hex) => {
  const box = commonPssh(kids);
  expect(box.toString('hex')).toBe(hex);
  expect(box.readUInt32BE(0)).toBe(box.length);
});
