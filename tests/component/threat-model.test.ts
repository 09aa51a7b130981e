import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const documents = ['docs/threat-model.md', 'docs/asvs.md'];
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The titles that are quoted behind the name of a test file: `file`, "title", "title". */
const named = /`(tests\/[^`]+\.test\.ts)`((?:, "[^"]+")*)/g;

const references = documents.flatMap((document) =>
  Array.from(textOf(document).matchAll(named), ([, file = '', quoted = '']) => ({
    document,
    file,
    titles: Array.from(quoted.matchAll(/"([^"]+)"/g), ([, title = '']) => title),
  })),
);

/** Whether a test or a row of its table begins with a string that is this title. */
const hasTitle = (file: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => textOf(file).includes(quote + title + quote));

/** The rows of a document's tables, without heads and lines. */
const rowsOf = (document: string): string[] =>
  textOf(document)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (Attack|Asset|Attacker|Number) \|/.test(line));

describe.each(documents)('%s', (document) => {
  it('names files that exist', () => {
    const files = Array.from(
      textOf(document).matchAll(/`((?:app|db|docs|lib|scripts|server|tests)\/[\w./[\]-]+)`/g),
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('quotes titles that its tests have', () => {
    const own = references.filter((reference) => reference.document === document);
    expect(own.length).toBeGreaterThan(20);
    const missing = own.flatMap(({ file, titles }) =>
      titles.filter((title) => !hasTitle(file, title)).map((title) => `${file}: ${title}`),
    );
    expect(missing).toEqual([]);
  });
});

it('every promise of the threat model names a test by its title', () => {
  const promises = rowsOf('docs/threat-model.md').filter((row) => row.split(' | ').length === 4);
  expect(promises.length).toBeGreaterThan(40);
  expect(promises.filter((row) => !/`tests\/[^`]+\.test\.ts`, "/.test(row))).toEqual([]);
});

it('each requirement of the ASVS stands in one place', () => {
  const cells = rowsOf('docs/asvs.md').map((row) => row.split('|')[1] ?? '');
  const numbers = cells.flatMap((cell) => cell.match(/\d+\.\d+\.\d+/g) ?? []);
  expect(numbers).toHaveLength(70);
  expect(new Set(numbers).size).toBe(70);
});
