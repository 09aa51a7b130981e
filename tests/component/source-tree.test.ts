import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// dependency-cruiser checks imports; these tests check what it cannot see.
const root = path.resolve(import.meta.dirname, '../..');
const folders = ['app', 'db', 'docs', 'lib', 'scripts', 'server', 'tests'];
const below = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    path.posix.join(folder, name),
  ),
);
const top = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isFile() ? [entry.name] : [],
);
const sources = [...below, ...top].filter(
  (file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !file.endsWith('.d.ts'),
);
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

it('sees the tree', () => {
  expect(sources).toEqual(
    expect.arrayContaining([
      'lib/base/env.ts',
      'lib/ffmpeg/args/argv.ts',
      'server/main.ts',
      'next.config.ts',
    ]),
  );
});

describe('settings', () => {
  /** `process.env`, also by way of `process['env']`, `const { env } = process` or an import of `env`. */
  const readsEnvironment = (text: string) =>
    /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[\s*['"`]env|\{[^{}]*\benv\b[^{}]*\}\s*(=\s*process\b|from\s*['"](node:)?process['"])|import\.meta\.env\b/.test(
      withoutComments(text),
    );
  const withoutComments = (text: string) =>
    text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');

  it.each([
    ['process.env.PORT', true],
    ['process?.env', true],
    ["process['env']", true],
    ['const { env } = process;', true],
    ['const { argv, env } = process', true],
    ["import { env } from 'node:process';", true],
    ['import.meta.env.MODE', true],
    ['settings().PORT', false],
    ['/** nothing else reads process.env */', false],
    ['const x = 1; // not process.env', false],
    ['process.environment', false],
  ])('%j reads the environment: %s', (text, expected) => {
    expect(readsEnvironment(text)).toBe(expected);
  });

  it('are read in lib/base/env.ts only', () => {
    const readers = sources.filter(
      (file) => !/^(scripts|tests)\/|^vitest\./.test(file) && readsEnvironment(textOf(file)),
    );
    expect(readers.sort()).toEqual(['lib/base/env.ts']);
  });
});

describe('names of files and folders', () => {
  it('say what is in them', () => {
    const empty = /(^|[/-])(utils?|helpers?|common|misc)([./-]|$)/;
    expect(below.filter((file) => empty.test(file))).toEqual([]);
  });

  it('are kebab-case, but for routes of the legacy API and Next.js', () => {
    const legacy = /^app\/(upload_input_content|packaged_content|allUploaded|allEncoded)(\/|$)/;
    const names = sources.filter((file) => /^(app|db|lib|scripts|tests)\//.test(file) && !legacy.test(file));
    const kebab = /^(_?[a-z0-9]+(-[a-z0-9]+)*|\[(\.\.\.)?[a-zA-Z]+\])(\.[a-z0-9-]+)*$/;
    expect(names.filter((file) => !file.split('/').every((part) => kebab.test(part)))).toEqual([]);
  });
});

it('writes to the database are made in transactions (see `writing`)', () => {
  const alone = /\bdb\s*\.(insert|update|delete)\(/;
  expect(alone.test('return db\n    .insert(videos)')).toBe(true);
  expect(sources.filter((file) => file.startsWith('db/') && alone.test(textOf(file)))).toEqual([]);
});

describe('tests called unit', () => {
  const outside =
    /(from|import\() ?'(node:(fs|fs\/promises|net|http|https|child_process|tls|sqlite)|better-sqlite3|drizzle-orm\/better-sqlite3)'|\bfetch\(/;
  /** The files of the tests that a test file imports, at any distance, and itself. */
  function withImports(file: string, found = new Set<string>()): Set<string> {
    if (found.has(file) || !sources.includes(file)) return found;
    found.add(file);
    for (const [, name = ''] of textOf(file).matchAll(/from '((?:@\/|\.)[^']+)'/g)) {
      const at = name.startsWith('@/') ? name.slice(2) : path.posix.join(path.posix.dirname(file), name);
      if (at.startsWith('tests/')) withImports(`${at}.ts`, found);
    }
    return found;
  }

  it('use neither disk nor sockets, nor do the files that they import from the harness', () => {
    const units = sources.filter((file) => /^tests\/unit\/.*\.test\.ts$/.test(file));
    expect(units.length).toBeGreaterThan(100);
    const faults = units.filter((file) => [...withImports(file)].some((each) => outside.test(textOf(each))));
    expect(faults).toEqual([]);
  });

  it('would be seen to use the disk', () => {
    const reached = [...withImports('tests/component/db/migrations.test.ts')];
    expect(reached).toContain('tests/harness/temp-folder.ts');
    expect(reached.some((each) => outside.test(textOf(each)))).toBe(true);
  });
});
