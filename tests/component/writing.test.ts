import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// docs/writing.md, as far as a machine can check it.
const root = path.resolve(import.meta.dirname, '../..');
const folders = ['app', 'bench', 'db', 'docs', 'lib', 'scripts', 'server', 'tests'];
const all = [
  ...readdirSync(root),
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name),
    ),
  ),
];
const files = all.filter(
  (file) =>
    /\.(ts|tsx|mjs|cjs|md)$/.test(file) &&
    !file.startsWith('db/migrations/') &&
    !['next-env.d.ts', 'docs/writing.md', 'tests/component/writing.test.ts'].includes(file),
);

const replaced = /\b(sounds?|pictures?|tells?|told|films?)\b/i;

/** Terms of standards and of FFmpeg, and what a caption describes. */
const terms =
  /IDR picture|slices of other pictures|picture-in-picture|Picture size|music-and-sound|Speech and sounds/g;
/** A property that the API has published. */
const property = /'picture'|\bpicture(?=\??: |, |\.\w| }| ===|\))/g;

const isComment = (line: string) => /^\s*(\/\/|\/\*\*|\*)/.test(line);

/** The line without what may stay. */
const rest = (line: string, isProse: boolean) =>
  isProse ? line.replace(terms, '') : line.replace(terms, '').replace(property, '');

/** The lines of a file that break the rules, by their number. */
function faults(file: string, text: string): string[] {
  const isDocument = file.endsWith('.md');
  return text.split('\n').flatMap((line, i) => {
    const isProse = isDocument || isComment(line);
    const isWide = !isDocument && isComment(line) && line.length > 110 && !/https?:/.test(line);
    return isWide || replaced.test(rest(line, isProse)) ? [`${file}:${i + 1}: ${line.trim()}`] : [];
  });
}

describe('the check', () => {
  it.each([
    ['lib/a.ts', '// The picture is turned.'],
    ['lib/a.ts', 'const told = 1;'],
    ['lib/a.ts', "it('tells the codec', () => {"],
    ['docs/a.md', 'Sound is copied.'],
    ['lib/a.ts', ` * ${'word '.repeat(22)}`],
  ])('finds a fault in %s: %j', (file, line) => {
    expect(faults(file, line)).toHaveLength(1);
  });

  it.each([
    ['lib/a.ts', ' * An IDR picture is a random access point.'],
    ['lib/a.ts', '  picture: stream ? shownSize(stream) : null,'],
    ['lib/a.ts', `  ${'a'.repeat(120)}`],
    ['docs/a.md', `| ${'a '.repeat(120)} |`],
  ])('finds none in %s: %j', (file, line) => {
    expect(faults(file, line)).toEqual([]);
  });
});

it('the files use the terms of the field, in comments of at most 110 columns', () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => faults(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
});
