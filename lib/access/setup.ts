import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AccessRecords } from '@/lib/accounts/access-records';
import { isSameSecret, newSecret } from '@/lib/accounts/secret';
import { log } from '@/lib/base/log';
import { setupTokenFile } from '@/lib/storage/folders';

/**
 * Opens the setup of a protected server without an administrator: who can read the server's terminal or its
 * storage folder gets a token, and creates the first administrator with it.
 * @returns the path and fragment to open, such as `/setup#…`
 */
export function openSetup(root: string): string {
  const file = setupTokenFile(root);
  if (!existsSync(file)) writeFileSync(file, `${newSecret()}\n`, { mode: 0o600 });
  return `/setup#${readFileSync(file, 'utf8').trim()}`;
}

/** The setup goes on where the administrator could not be created. */
export const reopenSetup = (root: string, token: string): void =>
  writeFileSync(setupTokenFile(root), `${token}\n`, { mode: 0o600 });

/** Whether the first administrator is still to be created. */
export const isSetupOpen = async (root: string, records: AccessRecords): Promise<boolean> =>
  existsSync(setupTokenFile(root)) && !(await records.hasAdministrator());

/** Whether this is the token of a setup that is open. */
export function isSetupToken(root: string, given: string): boolean {
  const file = setupTokenFile(root);
  return existsSync(file) && isSameSecret(readFileSync(file, 'utf8').trim(), given);
}

/** Ends the setup. It is never open again while there is an administrator. */
export function closeSetup(root: string): void {
  if (!existsSync(setupTokenFile(root))) return;
  rmSync(setupTokenFile(root), { force: true });
  log().info('There is an administrator: the setup is closed');
}
