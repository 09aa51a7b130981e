import { expect, test } from 'vitest';
import { installMatchesLock } from '../../../scripts/setup/install-packages.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/next': { version: '16.4.6' },
    'node_modules/other-system': { version: '1.0.0', optional: true },
  },
};
const next = { 'node_modules/next': { version: '16.4.6' } };

test.each([
  ['all is there', { packages: next }, true],
  ['more is there', { packages: { ...next, 'node_modules/extra': { version: '1.0.0' } } }, true],
  ['one has another version', { packages: { 'node_modules/next': { version: '16.4.5' } } }, false],
  [
    'an optional one has another version',
    { packages: { ...next, 'node_modules/other-system': { version: '0.9.0' } } },
    false,
  ],
  ['one is missing', { packages: {} }, false],
  ['npm left no record', {}, false],
])('%s', (_, installed, matches) => {
  expect(installMatchesLock(lock, installed)).toBe(matches);
});
