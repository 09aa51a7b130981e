import type { Server } from 'node:http';
import { constants } from 'node:os';
import type { App } from '@/lib/app/app';

/** Service managers and containers kill a process 10 to 90 seconds after they asked it to end. */
const longestEndMilliseconds = 9000;

/**
 * On SIGINT and SIGTERM: running jobs are returned first, then requests that are under way may end, for a
 * while. Long ones, such as a video being downloaded, are cut off.
 */
export function endOnSignals(app: App, server: Server | null, stopWork: () => Promise<void>): void {
  process.on('exit', () => app.tools.groups.endAll());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      const end = () => process.exit(128 + constants.signals[signal]);
      setTimeout(end, longestEndMilliseconds).unref();
      await stopWork();
      if (!server) return end();
      server.close(end);
      server.closeIdleConnections();
    });
  }
}
