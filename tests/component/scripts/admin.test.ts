import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { hashSecret } from '@/lib/accounts/secret';
import { sampleContext } from '@/tests/harness/sample-context';

const root = path.resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** `npm run admin`, on a storage folder. */
const admin = (storage: string, ...args: string[]) =>
  run(process.execPath, ['--import', 'tsx', 'scripts/admin.ts', ...args], {
    cwd: root,
    env: { ...process.env, STORAGE_DIR: storage, LOG_LEVEL: 'silent' },
  });

it('npm run admin gives whoever has the storage folder an administrator, and ends the sessions', {
  timeout: 120_000,
}, async () => {
  const { accounts, access, settings } = sampleContext();
  const person = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };
  const id = await accounts.createUser({ ...person, role: 'viewer' });
  await accounts.signIn(person.email, person.password, new Headers());
  const { stdout } = await admin(settings.STORAGE_DIR, 'reset', 'ann@example.org');
  const [, secret = ''] = /\/invitation#([\w-]{43})$/.exec(stdout.trim()) ?? [];
  expect(await access.findInvitation(hashSecret(secret))).toMatchObject({ id, role: 'administrator' });
  expect(await access.listSessions(id)).toEqual([]);
});
