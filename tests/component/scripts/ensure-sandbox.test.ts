import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureSandbox } from '../../../scripts/setup/ensure-sandbox.mjs';
import { tempFolder } from '../../harness/temp-folder';

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
const say = vi.spyOn(console, 'log').mockImplementation(() => {});
afterEach(() => vi.clearAllMocks());

const user = { platform: 'linux', isRoot: false };
const root = { platform: 'linux', isRoot: true };

/** A machine whose only programs are these scripts. */
function machineWith(programs: Record<string, string>) {
  const folder = tempFolder();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  symlinkSync('/usr/bin/env', path.join(folder, 'env'));
  // NODE_ENV is not needed.
  return { folder, env: { PATH: folder } as Record<string, string> as NodeJS.ProcessEnv };
}

describe('where bubblewrap is missing', () => {
  it('a user’s server starts with a warning that says how to get it', async () => {
    await ensureSandbox(machineWith({}).env, user);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toMatch(
      /^Tools will run without a sandbox\. .*apt-get install.* bubblewrap/,
    );
  });

  it.each([
    ['root’s does not', {}, root, /does not run as root without a sandbox.*SANDBOX=off/],
    ['one that requires it does not', { SANDBOX: 'required' }, user, /"required"\. Bubblewrap is missing/],
    [
      'one that names another program does not',
      { BWRAP_PATH: '/nowhere/bwrap' },
      user,
      /^The setting BWRAP_PATH/,
    ],
  ])('%s', async (_, settings, machine, message) => {
    const { env } = machineWith({});
    await expect(ensureSandbox({ ...env, ...settings }, machine)).rejects.toThrow(message);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ['where it is turned off', { SANDBOX: 'off' }, root],
    ['where there is none for the system', {}, { platform: 'darwin', isRoot: true }],
  ])('nothing is required %s', async (_, settings, machine) => {
    await ensureSandbox({ ...machineWith({}).env, ...settings }, machine);
    expect(warn).not.toHaveBeenCalled();
  });
});

it.runIf(process.getuid?.() === 0)('it is installed, by name, where that is possible', async () => {
  const { folder, env } = machineWith({
    'apt-get': `case "$*" in *"install -y --no-install-recommends bubblewrap")
      /bin/cp "$0" "$(/usr/bin/dirname "$0")/bwrap";;
    esac`,
  });
  await ensureSandbox(env, root);
  expect(existsSync(path.join(folder, 'bwrap'))).toBe(true);
  expect(say).toHaveBeenCalledWith(
    expect.stringMatching(/^Installing Bubblewrap … \(apt-get install .*bubblewrap\)$/),
  );
  expect(warn).not.toHaveBeenCalled();
});

it('where it is installed, nothing is printed', async () => {
  await ensureSandbox(machineWith({ bwrap: 'exit 0' }).env, root);
  expect(warn).not.toHaveBeenCalled();
  expect(say).not.toHaveBeenCalled();
});
