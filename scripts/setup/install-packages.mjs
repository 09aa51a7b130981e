// @ts-check
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRunQuietly } from '../process/run-quietly.mjs';
import { lockHash, packagesAreInstalled, stampFile } from './packages-are-installed.mjs';
import { withoutProjectBin } from './project-node.mjs';

// `--include=dev`: the build and Node 24 itself are dev dependencies, which NODE_ENV=production would leave
// out. `--ignore-scripts`: only one package needs its script (see below), and better-sqlite3's would ask for
// Python and make although its binary is in the package.
const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs the packages of package-lock.json, unless they already are.
 * @param {string} root
 */
export async function installPackages(root) {
  if (!packagesAreInstalled(root)) {
    console.log('Installing packages … (about a minute, only when package-lock.json changed)');
    // npm replaces node_modules: it must not run on the Node that lies in there.
    const options = { cwd: root, env: withoutProjectBin(root, process.env) };
    const failure =
      'The packages could not be installed. Check the network and the free disk space, and start again.';
    await mustRunQuietly(['npm', 'ci', ...flags], { ...options, failure });
    await installNode24(options);
    writeFileSync(stampFile(root), lockHash(root));
  }
  makePackagerRunnable(root);
}

/**
 * The npm package `node` fetches Node's binary in its install script.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function installNode24(options) {
  const failure = 'Node 24 could not be installed from npm. Check the network, and start again.';
  await mustRunQuietly(['npm', 'rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], {
    ...options,
    failure,
  });
}

/**
 * The packager's binaries may come out of the archive without their run bit.
 * @param {string} root
 */
function makePackagerRunnable(root) {
  const folder = path.join(root, 'node_modules/shaka-packager/bin');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const { mode } = statSync(file);
    if (name.startsWith('packager-') && (mode & 0o111) !== 0o111) chmodSync(file, mode | 0o111);
  }
}
