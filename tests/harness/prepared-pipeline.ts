import { cpSync, rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { makeFolder } from './make-folder';
import { openPipeline, openStorage } from './pipeline';

/** Fills a storage folder once per test file, as packaging is slow; each call opens a copy for one test. */
export function preparedPipeline(fill: (context: Acting) => Promise<void>): () => Promise<Acting> {
  let filled: Promise<string> | undefined;
  afterAll(async () => {
    if (filled) rmSync(await filled, { recursive: true, force: true });
  });
  const make = async () => {
    const folder = makeFolder();
    const context = await openStorage(folder);
    await fill(context);
    context.db.$client.close();
    return folder;
  };
  return async () => {
    filled ??= make();
    const folder = makeFolder();
    cpSync(await filled, folder, { recursive: true, preserveTimestamps: true });
    return openPipeline(folder);
  };
}
