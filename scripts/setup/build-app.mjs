// @ts-check
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRunQuietly } from '../process/run-quietly.mjs';
import { serverBundle } from '../server/server-command.mjs';
import { compressFiles } from './compress-files.mjs';
import { hashSources } from './hash-sources.mjs';
import { withProjectBin } from './project-node.mjs';

/**
 * Next.js builds pages and route handlers only. Packages stay outside the bundle, except drizzle-orm: loading
 * its many small files takes longer than all the rest.
 */
const bundleOptions = [
  '--bundle',
  '--platform=node',
  '--format=esm',
  '--packages=external',
  '--alias:drizzle-orm=./node_modules/drizzle-orm',
  '--log-level=warning',
];

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
  const options = {
    cwd: root,
    env: { ...withProjectBin(root, process.env), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    failure: 'The app could not be built: see the lines above. After a change, `npm start` tries again.',
  };
  await mustRunQuietly(['node', 'node_modules/next/dist/bin/next', 'build'], options);
  await mustRunQuietly(['esbuild', 'server/main.ts', ...bundleOptions, `--outfile=${serverBundle}`], options);
  await compressFiles(root);
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
