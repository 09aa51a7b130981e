// @ts-check
import { globSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A smaller file fits into one packet. */
const leastBytes = 1024;

/**
 * Compresses the scripts and styles that pages load, each beside itself: the server (server/static-files.ts)
 * sends what the browser accepts.
 * @param {string} root
 */
export async function compressFiles(root) {
  const player = path.join(root, '.next/shaka-player');
  await mkdir(player, { recursive: true });
  const name = 'shaka-player.ui.js';
  await copyFile(path.join(root, 'node_modules/shaka-player/dist', name), path.join(player, name));
  const files = globSync(['static/**/*.{js,css}', 'shaka-player/*.js'], { cwd: path.join(root, '.next') });
  await Promise.all(files.map((file) => compress(path.join(root, '.next', file))));
}

/** @param {string} file */
async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length < leastBytes) return;
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: size }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)]);
}
