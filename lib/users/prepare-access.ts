import { readFileSync } from 'node:fs';
import { accessMode } from '@/lib/access/mode';
import { closeSetup, openSetup } from '@/lib/access/setup';
import { isAcceptablePassword } from '@/lib/accounts/password';
import type { App } from '@/lib/app/app';
import { publicOrigin } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { log } from '@/lib/base/log';

/**
 * Prepares who may use the server at its start: creates the administrator of the settings, and else opens
 * the setup of a protected server that has none.
 * @throws AppError `setting-invalid`
 */
export async function prepareAccess(app: App): Promise<void> {
  const { settings, access } = app;
  const { ADMIN_EMAIL, STORAGE_DIR } = settings;
  if (ADMIN_EMAIL && !(await access.hasAdministrator())) await createAdministrator(app, ADMIN_EMAIL);
  const mode = accessMode(settings, await access.hasUsers());
  if (mode === 'open' || (await access.hasAdministrator())) return closeSetup(STORAGE_DIR);
  const link = `${publicOrigin(settings)}${openSetup(STORAGE_DIR)}`;
  process.stdout.write(`Nobody can sign in yet. Create the first administrator: ${link}\n`);
}

async function createAdministrator({ accounts, settings }: App, email: string): Promise<void> {
  const password = readPassword(settings.ADMIN_PASSWORD_FILE);
  await accounts.createUser({ name: 'Administrator', email, password, role: 'administrator' });
  log().info({ email }, 'The administrator of ADMIN_EMAIL was created');
}

function readPassword(file: string | undefined): string {
  const wrong = (what: string) =>
    new AppError('setting-invalid', `ADMIN_EMAIL is set, but ${what}.`, { field: 'ADMIN_PASSWORD_FILE' });
  if (file === undefined) throw wrong('ADMIN_PASSWORD_FILE is not: set it to a file with the password');
  let password: string;
  try {
    password = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw wrong(`the file "${file}" can't be read`);
  }
  if (!isAcceptablePassword(password))
    throw wrong(`the password in "${file}" does not have 12 to 256 characters`);
  return password;
}
