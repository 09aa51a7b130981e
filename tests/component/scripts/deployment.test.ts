import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { serverCommand } from '@/scripts/server/server-command.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { args, env } = serverCommand({ port: 5000, host: '0.0.0.0' });
const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);

it('the image starts the server as `npm start` does', () => {
  const text = textOf('Dockerfile').replaceAll(/\\\n\s*/g, '');
  const set = /^ENV (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
  expect(set).toEqual(expect.arrayContaining(variables));
  expect(JSON.parse(/^CMD (.*)$/m.exec(text)?.[1] ?? '')).toEqual(['node', ...args]);
});

it('the service starts the server as `npm start` does', () => {
  const text = textOf('deploy/cenclave.service');
  const set = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' '));
  // The port and the address are left to the settings.
  const fixed = variables.filter((line) => !/^(PORT|HOST)=/.test(line));
  expect(set).toEqual(expect.arrayContaining(fixed));
  expect(/^ExecStart=\S+ (.*)$/m.exec(text)?.[1]).toBe(args.join(' '));
});
