import { expect, test } from 'vitest';
import { readSettings } from '../../../scripts/setup/read-settings.mjs';

test('an empty variable counts as not set', () => {
  const defaults = { port: 5000, host: '127.0.0.1', storageDir: '/app/storage' };
  expect(readSettings('/app', {})).toEqual(defaults);
  expect(readSettings('/app', { PORT: '', HOST: '', STORAGE_DIR: '' })).toEqual(defaults);
});

test.each(['abc', '0', '65536', '80.5', '-1'])('PORT=%s is refused', (PORT) => {
  expect(() => readSettings('/app', { PORT })).toThrow(
    `The setting PORT is "${PORT}"; it must be a port number from 1 to 65535.`,
  );
});
