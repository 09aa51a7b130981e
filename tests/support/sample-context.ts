import { onTestFinished } from 'vitest';
import { type Context, openContext } from '@/lib/context';
import { readSettings } from '@/lib/env';
import { tempFolder } from './temp-folder';

/** A context over an empty storage folder of the test's own. */
export function sampleContext(): Context {
  const context = openContext(readSettings({ STORAGE_DIR: tempFolder(), LOG_LEVEL: 'silent' }));
  onTestFinished(() => void context.db.$client.close());
  return context;
}
