import { format, stripVTControlCharacters } from 'node:util';
import pino from 'pino';
import { settings } from '@/lib/env';

let logger: pino.Logger | undefined;

/** The one logger: a JSON line for each event on standard error. Keys never go into it. */
export function log(): pino.Logger {
  logger ??= pino(
    { level: settings().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    escapedLines(pino.destination({ dest: 2, sync: true })),
  );
  return logger;
}

/** JSON leaves these as they are: a terminal takes some for commands, a reader of lines others for ends of lines. */
const unsafe = /[\u007f-\u009f\u2028\u2029]/g;

/** Writes lines of JSON with nothing in them that ends a line or moves a cursor. */
export const escapedLines = (destination: pino.DestinationStream): pino.DestinationStream => ({
  write: (line) => destination.write(line.replace(unsafe, escapeSign)),
});

/** They stand within strings of JSON only, which say the same with them escaped. */
const escapeSign = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

const levels = {
  debug: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
  trace: 'debug',
} as const;

/**
 * Has libraries that print to the console print lines of the log instead: what a client sent stands in some of their
 * sentences, and a line break in it would be a line of its own.
 */
export function logConsole(target: Console = console): void {
  for (const [method, level] of Object.entries(levels))
    Object.assign(target, {
      [method]: (...parts: unknown[]) => {
        const text = stripVTControlCharacters(format(...parts)).trim();
        if (text !== '') log()[level](text);
      },
    });
}
