// @ts-check

/**
 * @typedef {object} LockedPackage an entry of package-lock.json
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [inBundle] it is part of another package, whose hash covers it
 * @property {boolean} [link]
 * @property {boolean} [hasInstallScript]
 */

const registry = 'https://registry.npmjs.org/';

/**
 * The faults of a lock file, one sentence each: a package without a hash, a package from outside the
 * registry, or a package with an install script that package.json neither allows nor forbids.
 * @param {{ packages?: Record<string, LockedPackage> }} lock
 * @param {Record<string, boolean>} [allowScripts] of package.json: by package, whether its script may run
 * @returns {string[]}
 */
export function lockFileProblems({ packages = {} }, allowScripts = {}) {
  const entries = Object.entries(packages).filter(([place]) => place !== '');
  if (entries.length === 0) return ['package-lock.json lists no package.'];
  return entries.flatMap(([place, entry]) => faultsOf(place, entry, allowScripts));
}

/**
 * @param {string} place
 * @param {LockedPackage} entry
 * @param {Record<string, boolean>} allowScripts
 */
function faultsOf(place, { resolved, integrity, inBundle, link, hasInstallScript }, allowScripts) {
  const name = place.split('node_modules/').at(-1) ?? place;
  const isElsewhere =
    link || !place.startsWith('node_modules/') || (resolved && !resolved.startsWith(registry));
  return [
    ...(isElsewhere ? [`${name} does not come from ${registry} (${resolved ?? place}).`] : []),
    ...(inBundle || /^sha512-/.test(integrity ?? '') ? [] : [`${name} has no SHA-512 in package-lock.json.`]),
    ...(hasInstallScript && !(name in allowScripts)
      ? [`${name} has an install script: decide about it in "allowScripts" of package.json.`]
      : []),
  ];
}

const refusedSeverities = ['high', 'critical'];

/**
 * Judges the output of `npm audit --json`: severe advisories fail the check; a missing answer is reported,
 * but does not fail it.
 * @param {string} output
 * @returns {{ isRefused: boolean, sentences: string[] }}
 */
export function judgeAdvisories(output) {
  const found = readVulnerabilities(output);
  if (!found) {
    const sentence = 'Known vulnerabilities were NOT checked: the registry did not answer npm audit.';
    return { isRefused: false, sentences: [sentence] };
  }
  const severe = Object.entries(found).filter(([, { severity }]) => refusedSeverities.includes(severity));
  if (severe.length === 0) {
    const count = Object.keys(found).length;
    return { isRefused: false, sentences: [`npm audit: no severe advisory (${count} of lower severity).`] };
  }
  const nameOf = (/** @type {[string, { range?: string }]} */ [name, { range }]) =>
    [name, range?.trim()].filter(Boolean).join(' ');
  const sentences = severe.map((found) => `${nameOf(found)} has a ${found[1].severity} advisory.`);
  return {
    isRefused: true,
    sentences: [...sentences, 'Run "npm audit" for more, and update these packages.'],
  };
}

/**
 * @param {string} output
 * @returns {Record<string, { severity: string, range?: string }> | null}
 */
function readVulnerabilities(output) {
  try {
    const { auditReportVersion, vulnerabilities } = JSON.parse(output);
    return auditReportVersion === 2 && vulnerabilities ? vulnerabilities : null;
  } catch {
    return null;
  }
}
