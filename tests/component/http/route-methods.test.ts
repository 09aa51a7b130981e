import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isRouteHandlerPath, methodsOf } from '@/lib/http/route-methods';

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
  // Next.js answers HEAD by GET, and OPTIONS, by itself.
  const wanted = new Set([...exported, 'OPTIONS', ...(exported.includes('GET') ? ['HEAD'] : [])]);
  expect(new Set(methodsOf(address))).toEqual(wanted);
  expect(isRouteHandlerPath(address)).toBe(true);
});

it.each(['/', '/play/1', '/videos/1', '/icon.svg', '/nothing', '/api', '/downloads/1'])(
  '%s can only be read, and may be a page',
  (address) => {
    expect(methodsOf(address)).toEqual(['GET', 'HEAD']);
    expect(isRouteHandlerPath(address)).toBe(false);
  },
);
