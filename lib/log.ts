import pino from 'pino';
import { settings } from '@/lib/env';

let logger: pino.Logger | undefined;

/** The one logger: a JSON line for each event on standard error. Keys never go into it. */
export function log(): pino.Logger {
  logger ??= pino(
    { level: settings().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  return logger;
}
