// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRunQuietly } from '../process/run-quietly.mjs';
import { hashSources } from './hash-sources.mjs';
import { withProjectBin } from './project-node.mjs';

/**
 * Builds the app for production, unless the last build was made from the same sources.
 * @param {string} root
 */
export async function buildApp(root) {
  const stamp = path.join(root, '.next/cenclave-build-hash');
  const sources = hashSources(root);
  if (isBuilt(root, stamp, sources)) return;
  console.log('Building … (about a minute, only when the sources changed)');
  // A build that fails halfway must not be mistaken for the previous one.
  rmSync(stamp, { force: true });
  await mustRunQuietly(['node', 'node_modules/next/dist/bin/next', 'build'], {
    cwd: root,
    env: { ...withProjectBin(root, process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    failure: 'The app could not be built: see the lines above. After a change, `npm start` tries again.',
  });
  writeFileSync(stamp, sources);
}

/**
 * @param {string} root
 * @param {string} stamp
 * @param {string} sources
 */
function isBuilt(root, stamp, sources) {
  if (!existsSync(path.join(root, '.next/BUILD_ID')) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === sources;
}
