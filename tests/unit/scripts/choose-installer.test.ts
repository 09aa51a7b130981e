import { expect, test } from 'vitest';
import { chooseInstaller } from '../../../scripts/setup/choose-installer.mjs';

const packages = { aptPackage: 'chromium', brewPackage: ['--cask', 'chromium'] };
const machine = { isMac: false, hasBrew: false, hasApt: true, isRoot: false, hasSudo: false };
const aptCommand = 'apt-get install -y --no-install-recommends chromium';
const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
const install = ['install', '-y', '--no-install-recommends', 'chromium'];

test.each([
  [
    'root',
    { ...machine, isRoot: true },
    aptCommand,
    [
      [...apt, 'update'],
      [...apt, ...install],
    ],
  ],
  [
    'sudo without a password',
    { ...machine, hasSudo: true },
    `sudo ${aptCommand}`,
    [
      ['sudo', '-n', ...apt, 'update'],
      ['sudo', '-n', ...apt, ...install],
    ],
  ],
  ['an ordinary user', machine, `sudo ${aptCommand}`, []],
  ['root without apt', { ...machine, isRoot: true, hasApt: false }, aptCommand, []],
  [
    'a Mac with brew',
    { ...machine, isMac: true, hasBrew: true, hasApt: false },
    'brew install --cask chromium',
    [['brew', 'install', '--cask', 'chromium']],
  ],
  ['a Mac without brew', { ...machine, isMac: true, hasApt: false }, 'brew install --cask chromium', []],
])('%s', (_, who, command, run) => {
  expect(chooseInstaller(packages, who)).toEqual({ command, run });
});

test('a tool may need several packages of apt', () => {
  const several = { ...packages, aptPackage: ['pulseaudio', 'gstreamer1.0-pulseaudio'] };
  const { command } = chooseInstaller(several, { ...machine, isRoot: true });
  expect(command).toBe('apt-get install -y --no-install-recommends pulseaudio gstreamer1.0-pulseaudio');
});
