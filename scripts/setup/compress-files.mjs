// @ts-check
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folders = ['static', 'shaka-player'];

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
  const files = (
    await Promise.all(folders.map((folder) => filesIn(path.join(root, '.next', folder))))
  ).flat();
  await Promise.all(files.filter((file) => /\.(js|css)$/.test(file)).map(compress));
}

/** @param {string} folder */
async function filesIn(folder) {
  return (await readdir(folder, { recursive: true })).map((name) => path.join(folder, name));
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
