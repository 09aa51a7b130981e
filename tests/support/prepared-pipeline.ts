import { cpSync, rmSync } from 'node:fs';
import { afterAll, onTestFinished } from 'vitest';
import { type Context, openContext } from '@/lib/context';
import { readSettings } from '@/lib/env';
import { prepareFolders } from '@/lib/storage/folders';
import { makeFolder } from './temp-folder';

const open = (folder: string): Context =>
  openContext(readSettings({ STORAGE_DIR: folder, LOG_LEVEL: 'silent' }));

/**
 * A storage folder that is filled once for a test file. Each call opens a copy of it, which is the test's own: packaging
 * takes seconds, copying does not.
 */
export function preparedPipeline(fill: (context: Context) => Promise<void>): () => Promise<Context> {
  let filled: Promise<string> | undefined;
  afterAll(async () => {
    if (filled) rmSync(await filled, { recursive: true, force: true });
  });
  const make = async () => {
    const folder = makeFolder();
    const context = open(folder);
    await prepareFolders(folder);
    await fill(context);
    context.db.$client.close();
    return folder;
  };
  return async () => {
    filled ??= make();
    const folder = makeFolder();
    cpSync(await filled, folder, { recursive: true, preserveTimestamps: true });
    const context = open(folder);
    onTestFinished(() => {
      context.db.$client.close();
      rmSync(folder, { recursive: true, force: true });
    });
    return context;
  };
}
