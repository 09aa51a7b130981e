import { format, stripVTControlCharacters } from 'node:util';
import pino from 'pino';
import { settings } from '@/lib/base/env';

let logger: pino.Logger | undefined;

/** The one logger: a JSON line for each event on standard error. Keys never go into it. */
export function log(): pino.Logger {
  logger ??= pino(
    { level: settings().LOG_LEVEL, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    escapedLines(pino.destination({ dest: 2, sync: true })),
  );
  return logger;
}

/**
 * Characters that JSON does not escape: a terminal takes some for commands, a line reader takes others for
 * line ends.
 */
const unsafe = /[\u007f-\u009f\u2028\u2029]/g;

/** Escapes, in lines of JSON, all characters that end a line or move a cursor. */
export const escapedLines = (destination: pino.DestinationStream): pino.DestinationStream => ({
  write: (line) => destination.write(line.replace(unsafe, escapeCharacter)),
});

/** They occur only within JSON strings, where the escape means the same. */
const escapeCharacter = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const levels = {
  debug: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
  trace: 'debug',
} as const;

/**
 * Redirects console output of libraries to the log: some of their messages quote what a client sent, where a
 * line break would start a line of its own.
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
