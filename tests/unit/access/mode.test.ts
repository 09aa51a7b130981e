import { expect, it } from 'vitest';
import { accessMode, isFromProxy, type Mode } from '@/lib/access/mode';

const local = { ACCESS: 'auto', HOST: '127.0.0.1', PUBLIC_URL: undefined } as const;

it.each<[string, Parameters<typeof accessMode>[0], boolean, Mode]>([
  ['this machine alone', local, false, 'open'],
  ['localhost', { ...local, HOST: 'localhost' }, false, 'open'],
  ['::1', { ...local, HOST: '::1' }, false, 'open'],
  ['a user', local, true, 'protected'],
  ['all addresses', { ...local, HOST: '0.0.0.0' }, false, 'protected'],
  ['a name of this machine', { ...local, HOST: 'video.local' }, false, 'protected'],
  ['a public address', { ...local, PUBLIC_URL: 'http://localhost:5000' }, false, 'protected'],
  ['set to open', { ...local, ACCESS: 'open', HOST: '0.0.0.0' }, true, 'open'],
  ['set to protected', { ...local, ACCESS: 'protected' }, false, 'protected'],
])('%s', (_, settings, hasUsers, expected) => expect(accessMode(settings, hasUsers)).toBe(expected));

it.each([
  ['forwarded', true],
  ['via', true],
  ['x-forwarded-for', true],
  ['x-forwarded-proto', true],
  ['x-real-ip', true],
  ['cookie', false],
  ['x-forwarded', false],
])('%s: by a proxy: %s', (name, expected) => expect(isFromProxy({ host: 'a', [name]: '' })).toBe(expected));
