import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** A program's path as called, and its real path. */
export interface Program {
  path: string;
  realPath: string;
}

/**
 * Finds a program by its path, or by its name in the folders of `searchPath`; null when it does not exist.
 */
export function findProgram(command: string, searchPath = ''): Program | null {
  const folders = command.includes('/') ? ['.'] : searchPath.split(path.delimiter).filter(Boolean);
  const found = folders.map((folder) => path.resolve(folder, command)).find(canRun);
  return found ? { path: found, realPath: realpathSync(found) } : null;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
