import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { accessOf, methodsOf, rowOf } from '@/lib/http/access-table';

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)route\.ts$/.test(file),
);
const routes = files.map((file) => {
  const source = readFileSync(path.join('app', file), 'utf8');
  const exported = source.match(
    /(?<=^export const |[{ ]\w+ as |^export \{ )(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm,
  );
  const address = `/${path.dirname(file)}`.replace(/\[\.{3}\w+\]/, 'a/b').replace(/\[\w+\]/g, '1');
  const methods: readonly string[] = exported ?? [];
  return [address, methods] as const;
});

it.each(routes)('%s allows the methods that its handler exports', (address, exported) => {
  expect(exported.length).toBeGreaterThan(0);
  const row = rowOf(address);
  // Next.js answers HEAD by GET, and OPTIONS, by itself.
  const wanted = new Set([...exported, 'OPTIONS', ...(exported.includes('GET') ? ['HEAD'] : [])]);
  expect(row?.kind).toBe('handler');
  expect(new Set(row && methodsOf(row))).toEqual(wanted);
});

const pages = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => path.posix.join('/', path.dirname(file)).replace(/\[\w+\]/, '1'));

it.each(pages)('%s is a page that can only be read', (address) => {
  const row = rowOf(address);
  expect([row?.kind, row && methodsOf(row)]).toEqual(['page', ['GET', 'HEAD']]);
});

it.each(readdirSync('public'))('%s is a file for everybody', (name) => {
  expect(rowOf(`/${name}`)).toEqual({ kind: 'file', access: { GET: 'open' } });
});

it.each([
  '/nothing',
  '/downloads/1',
  '/api/nothing',
  '//',
  '/api//videos',
  '/media',
  '/_next/image',
  '/_next/static/',
])('%s has no row', (address) => expect(rowOf(address)).toBeUndefined());

it.each([
  ['/api/uploads/1', 'HEAD', 'video.write'],
  ['/api/uploads/1', 'GET', undefined],
  ['/api/videos/1', 'HEAD', 'video.read'],
  ['/api/videos/1/', 'GET', 'video.read'],
  ['/api/videos/1', 'OPTIONS', 'open'],
  ['/api/videos/%31', 'DELETE', 'video.write'],
  ['/api/videos/1', 'TRACE', undefined],
])('%s by %s asks for %s', (address, method, access) => {
  const row = rowOf(address);
  expect(row && accessOf(row, method)).toBe(access);
});
