import { createApp } from '@/lib/app';
import { settings } from '@/lib/env';
import { log } from '@/lib/log';
import { endWith, startWorkerProcess } from '@/lib/start';
import { endOnSignals } from './end-on-signals';

/**
 * `npm run worker`: does jobs in a process of its own, beside the server of the same storage folder. As many
 * as JOB_CONCURRENCY at a time; with JOB_CONCURRENCY=0, the server does none itself.
 */
try {
  // Files of this process and its tools are private to their user.
  process.umask(0o077);
  const app = createApp(settings());
  endOnSignals(app, null, await startWorkerProcess(app));
  log().info('The worker is ready');
} catch (error) {
  endWith(error);
}
