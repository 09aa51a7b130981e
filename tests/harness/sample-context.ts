import { onTestFinished } from 'vitest';
import { type Acting, actingAsSystem } from '@/lib/access/principal';
import { createApp } from '@/lib/app/app';
import { readSettings } from '@/lib/base/env';
import type { PackagingJob } from '@/lib/jobs/queue';
import { tempFolder } from './temp-folder';

/** A context over an empty storage folder of the test's own. */
export function sampleContext(): Acting {
  const context = actingAsSystem(createApp(readSettings({ STORAGE_DIR: tempFolder(), LOG_LEVEL: 'silent' })));
  onTestFinished(() => void context.db.$client.close());
  return context;
}

/** Claims the job that is first in the queue. */
export async function claimJob({ queue }: Pick<Acting, 'queue'>): Promise<PackagingJob> {
  const job = await queue.claim('test');
  if (!job) throw new Error('There was no job to claim.');
  return job;
}
