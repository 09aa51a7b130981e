// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The path of the first of these programs that is installed, or undefined.
 * @param {readonly string[]} names names to look for on PATH, or paths
 * @param {string | undefined} searchPath the PATH variable
 */
export function findProgram(names, searchPath) {
  const folders = (searchPath ?? '').split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    name.includes('/') ? [path.resolve(name)] : folders.map((folder) => path.join(folder, name)),
  );
  return candidates.find(canRun);
}

/** @param {string} file */
function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
