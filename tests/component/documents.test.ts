import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const decisions = readdirSync(path.join(root, 'docs/decisions'));
const documents = ['.', '.github', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(path.join(root, folder)).flatMap((name) =>
    name.endsWith('.md') ? [path.posix.join(folder, name)] : [],
  ),
);
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

it.each(documents)('%s links to files that exist', (document) => {
  const links = [...textOf(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(
    ([, link = '']) => link,
  );
  const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(document), link)));
  expect(missing).toEqual([]);
});

it('decisions have numbers of their own', () => {
  const numbers = decisions.map((name) => name.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter((number) => !/^\d{3}-$/.test(number))).toEqual([]);
});

it.each(decisions)('%s is superseded by a later decision, if at all', (name) => {
  const [, , second = '', third = ''] = textOf(`docs/decisions/${name}`).split('\n');
  if (!second.startsWith('**Superseded')) return;
  const successors = [...`${second}\n${third}`.matchAll(/\((\d{3})-/g)].map(([, number]) => Number(number));
  expect(successors).not.toEqual([]);
  expect(successors.filter((number) => number <= Number(name.slice(0, 3)))).toEqual([]);
});
