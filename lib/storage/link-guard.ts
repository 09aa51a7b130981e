import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { NotPlainError } from './plain-file';

/** Checks whether places below a folder are real, or behind a link. */
export interface LinkGuard {
  /** The place itself; null where nothing exists, or where it is a link or behind one. */
  reach(place: string): Promise<string | null>;
  /** @throws NotPlainError where the folder is a link or behind one */
  require(folder: string): Promise<void>;
}

/** @param root may itself be behind a link, by the operator's choice */
export function linkGuard(root: string): LinkGuard {
  let realRoot: Promise<string> | undefined;
  const isPlain = async (place: string) => {
    const real = await realpath(place);
    realRoot ??= realpath(root);
    return real === path.join(await realRoot, path.relative(root, place));
  };
  return {
    reach: (place) => orNull(async () => ((await isPlain(place)) ? place : null)),
    async require(folder) {
      if (!(await isPlain(folder)))
        throw new NotPlainError(
          `"${folder}" is reached through a symbolic link. Replace the link with a folder.`,
        );
    },
  };
}

/** Null where nothing exists, or a link leads nowhere. */
export async function orNull<Result>(look: () => Promise<Result>): Promise<Result | null> {
  try {
    return await look();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code)) return null;
    throw error;
  }
}
