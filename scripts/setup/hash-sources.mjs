// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What `next build` reads. */
const buildSources = [
  'app',
  'lib',
  'db',
  'public',
  'server',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/**
 * A SHA-256 over the names and contents of all files that the build reads. Sizes and times are not enough: a
 * git checkout changes every time, and may keep a size.
 * @param {string} root
 */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const file of buildSources.flatMap((source) => filesOf(root, source))) {
    const content = readFileSync(path.join(root, file));
    // The length separates a file from the next one's name.
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} source a file or folder, which may be missing
 * @returns {string[]}
 */
function filesOf(root, source) {
  const full = path.join(root, source);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [source];
  const names = readdirSync(full).sort();
  return names.flatMap((name) => filesOf(root, path.join(source, name)));
}
