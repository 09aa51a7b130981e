// @ts-check

/**
 * @typedef {{ isMac: boolean, hasBrew: boolean, hasApt: boolean, isRoot: boolean, hasSudo: boolean }} Machine
 */
/** @typedef {{ aptPackage: string | readonly string[], brewPackage: readonly string[] }} Packages */
/**
 * @typedef {object} Installer
 * @property {string} command the command for a person to type
 * @property {readonly (readonly string[])[]} run the commands that these scripts may run themselves, of which
 *   the last decides; empty when they may not
 */

/**
 * How a system package is installed on this machine, and whether these scripts may do it.
 * @param {Packages} packages
 * @param {Machine} machine `hasSudo` means: without a password
 * @returns {Installer}
 */
export function chooseInstaller({ aptPackage, brewPackage }, { isMac, hasBrew, hasApt, isRoot, hasSudo }) {
  if (isMac) {
    const brew = ['brew', 'install', ...brewPackage];
    return { command: brew.join(' '), run: hasBrew ? [brew] : [] };
  }
  const install = ['install', '-y', '--no-install-recommends', ...[aptPackage].flat()];
  const command = [...(isRoot ? [] : ['sudo']), 'apt-get', ...install].join(' ');
  if (!hasApt || !(isRoot || hasSudo)) return { command, run: [] };
  const apt = aptWithoutQuestions(isRoot ? [] : ['sudo', '-n']);
  return {
    command,
    run: [
      [...apt, 'update'],
      [...apt, ...install],
    ],
  };
}

/**
 * sudo drops the environment, so the variable is part of the command; and apt's lock is often held for a
 * minute after a machine's first start.
 * @param {string[]} prefix
 */
function aptWithoutQuestions(prefix) {
  return [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=120'];
}
