import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeAdvisories, lockFileProblems } from '../../../scripts/checks/judge-packages.mjs';

const intact = { integrity: 'sha512-abc==' };
const at = (entry: object, place = 'node_modules/a') => ({ packages: { '': {}, [place]: entry } });

describe('a lock file', () => {
  it('of this project is complete and allowed', () => {
    const read = (name: string) => JSON.parse(readFileSync(name, 'utf8'));
    expect(lockFileProblems(read('package-lock.json'), read('package.json').allowScripts)).toEqual([]);
  });

  it.each([
    ['a package of the registry', { ...intact, resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' }],
    ['one without an address', intact],
    ['part of another', { inBundle: true }],
  ])('is intact with %s', (_, entry) => {
    expect(lockFileProblems(at(entry))).toEqual([]);
  });

  it.each([
    ['git', { ...intact, resolved: 'git+ssh://git@github.com/a/a.git#0123' }, /^a does not come from/],
    ['another host', { ...intact, resolved: 'https://example.org/a.tgz' }, /^a does not come from/],
    ['http', { ...intact, resolved: 'http://registry.npmjs.org/a/-/a-1.0.0.tgz' }, /^a does not come from/],
    [
      'a host with the same beginning',
      { ...intact, resolved: 'https://registry.npmjs.org.example/a.tgz' },
      /^a does not come from/,
    ],
    ['a folder', { resolved: '../a', link: true, inBundle: true }, /^a does not come from/],
    ['no hash', {}, /^a has no SHA-512/],
    ['a weak hash', { integrity: 'sha1-abc=' }, /^a has no SHA-512/],
    ['an install script', { ...intact, hasInstallScript: true }, /^a has an install script/],
  ])('is not intact with %s', (_, entry, expected) => {
    expect(lockFileProblems(at(entry))).toEqual([expect.stringMatching(expected)]);
  });

  it('may have install scripts that were decided on, deep in the tree as well', () => {
    const entry = { ...intact, hasInstallScript: true };
    const place = 'node_modules/b/node_modules/@scope/a';
    expect(lockFileProblems(at(entry, place), { '@scope/a': false })).toEqual([]);
    expect(lockFileProblems(at(entry, place), { a: true })).toHaveLength(1);
  });

  it('without packages is refused', () => {
    expect(lockFileProblems({})).toHaveLength(1);
  });
});

describe('the answer of npm audit', () => {
  const answer = (...severities: string[]) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: Object.fromEntries(
        severities.map((severity, i) => [`p${i}`, { severity, range: '<2.0.0' }]),
      ),
    });

  it.each([['high'], ['critical'], ['low', 'critical']])('refuses severe advisories: %j', (...severities) => {
    const { isRefused, sentences } = judgeAdvisories(answer(...severities));
    expect(isRefused).toBe(true);
    expect(sentences[0]).toMatch(/^p\d <2\.0\.0 has a (high|critical) advisory\.$/);
  });

  it.each([[[]], [['low', 'moderate']]])('passes lesser advisories: %j', (severities) => {
    const { isRefused, sentences } = judgeAdvisories(answer(...severities));
    expect({ isRefused, sentences }).toEqual({
      isRefused: false,
      sentences: [`npm audit: no severe advisory (${severities.length} of lower severity).`],
    });
  });

  it.each([
    '',
    'not JSON',
    'null',
    '[]',
    '{"message":"405 Method Not Allowed","statusCode":405}',
    '{"error":{}}',
  ])('that is not a report is reported as such: %j', (output) => {
    const { isRefused, sentences } = judgeAdvisories(output);
    expect(isRefused).toBe(false);
    expect(sentences).toEqual([expect.stringContaining('were NOT checked')]);
  });
});
