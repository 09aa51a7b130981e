import { globSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { routes } from '@/app/api/openapi.json/routes';
import { accessTable } from '@/lib/http/access-table';
import { openApiDocument } from '@/lib/http/openapi';
import { type Declaration, type Route, routeMethods } from '@/lib/http/route';
import { answerCheck } from '@/tests/harness/valid-answers';

const document = openApiDocument(routes, '1.2.3');
const all = Object.entries(routes).flatMap(([path, methods]) =>
  routeMethods.flatMap((method) => {
    const route = (methods as Partial<Record<string, Route>>)[method];
    return route ? [{ path, method, declaration: route.declaration as Declaration }] : [];
  }),
);

it('the document has every route of the app, but those that answer for the document and for nothing', () => {
  const found = globSync('app/**/route.ts').map((file) =>
    file.replace(/^app|\/route\.ts$/g, '').replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}'),
  );
  const others = ['/api/openapi.json'];
  expect(Object.keys(routes).sort()).toEqual(found.filter((path) => !others.includes(path)).sort());
});

const rowOfRoute = (path: string) => accessTable[path.startsWith('/media/') ? '/media/{...}' : path];

it.each(all)('$method $path asks for what the access table says', ({ path, method, declaration }) => {
  expect(rowOfRoute(path)?.kind).toBe('handler');
  expect(rowOfRoute(path)?.access[method]).toBe(declaration.access);
});

it.each(all)('$method $path says what it is', ({ path, declaration }) => {
  expect(declaration.summary).toMatch(/^[A-Z].{4,90}$/);
  const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
  expect(Object.keys(declaration.params?.shape ?? {})).toEqual(named);
  expect(Object.keys(declaration.answers).length).toBeGreaterThan(0);
});

it('the document has no reference that leads nowhere, and only schemas that can be compiled', () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ $id: 'api', ...document });
  const references = new Set(JSON.stringify(document).match(/#\/components\/schemas\/\w+/g));
  expect(references.size).toBeGreaterThan(4);
  for (const reference of references) expect(ajv.getSchema(`api${reference}`)).toBeTypeOf('function');
});

describe('an answer', () => {
  const health = { status: 'starting', version: '1', reason: 'It starts.' };
  const problem = {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'None.',
    code: 'not-found',
  };
  const faultOf = answerCheck(document);
  const answer = (status: number, body: unknown, type = 'application/json', url = '/api/health') =>
    faultOf({ method: 'GET', url: `http://a${url}`, status, type, body: JSON.stringify(body) });

  it.each([
    ['as declared', answer(503, health)],
    ['with an error', answer(404, problem, 'application/problem+json', '/api/videos/7')],
    ['of another address', answer(200, {}, 'application/json', '/else')],
  ])('is as described: %s', (_, fault) => {
    expect(fault).toBeNull();
  });

  it.each([
    ['a field is missing', answer(503, { ...health, reason: undefined }), /reason/],
    ['a field is not declared', answer(503, { ...health, more: 1 }), /additional/],
    ['its status is not declared', answer(201, health), /not declared/],
    [
      'an error has no code',
      answer(404, { ...problem, code: undefined }, 'application/problem+json'),
      /code/,
    ],
  ])('is not as described where %s', (_, fault, expected) => {
    expect(fault).toMatch(expected);
  });
});
