import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { NotPlainError } from './plain-file';

/** Finds out whether places below a folder are really there, or behind a link. */
export interface LinkGuard {
  /** The place itself; null where nothing is, or a link is it or leads to it. */
  reach(place: string): Promise<string | null>;
  /** @throws NotPlainError where a link is the folder or leads to it */
  require(folder: string): Promise<void>;
}

/** @param root may itself be behind a link: it is the operator's choice */
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
        throw new NotPlainError(`"${folder}" is behind a link. Put a folder there.`);
    },
  };
}

/** Null where there is nothing, or a link that leads nowhere. */
export async function orNull<Result>(look: () => Promise<Result>): Promise<Result | null> {
  try {
    return await look();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code)) return null;
    throw error;
  }
}
