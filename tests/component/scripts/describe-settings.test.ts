import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readSettings, settingsTable } from '@/lib/base/env';
import { envExample, withSettings } from '@/scripts/docs/describe-settings';

const textOf = (file: string) => readFileSync(file, 'utf8');
const names = Object.keys(settingsTable);

it('README.md has the settings of lib/base/env.ts: if not, run npm run format', () => {
  expect(textOf('README.md')).toBe(withSettings(textOf('README.md')));
});

it('.env.example has the settings of lib/base/env.ts: if not, run npm run format', () => {
  expect(textOf('.env.example')).toBe(envExample());
});

it('a README without the place for its table is refused', () => {
  expect(() => withSettings('# Cenclave')).toThrow('README.md has no "<!-- settings:');
});

describe('.env.example', () => {
  const uncommented = envExample().replaceAll(/^# (?=[A-Z_]+=)/gm, '');

  it('sets nothing as it is', () => {
    expect(parseEnv(envExample())).toEqual({});
  });

  it('without its # sets every setting to its default', () => {
    const variables = parseEnv(uncommented) as Record<string, string>;
    expect(Object.keys(variables).sort()).toEqual(names.sort());
    expect(readSettings(variables)).toEqual(readSettings({}));
  });

  it('fits into 110 columns', () => {
    expect(
      envExample()
        .split('\n')
        .filter((line) => line.length > 110),
    ).toEqual([]);
  });
});
