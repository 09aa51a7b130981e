import { availableParallelism } from 'node:os';
import path from 'node:path';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';
import { AppError } from '@/lib/errors';

const GiB = 1024 ** 3;
const defaultExtensions = 'mp4,mkv,mov,m4v,webm,avi,ts,mts,m2ts,mpg,mpeg,wmv,flv';

/** One encode keeps about four cores busy. */
const jobsForCores = () => Math.max(1, Math.floor(availableParallelism() / 4));

const port = z.coerce.number().int().min(1).max(65_535);
const absolutePath = z
  .string()
  .min(1)
  .transform((value) => path.resolve(value));

const extensions = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim().toLowerCase().replace(/^\./, '')))
  .pipe(z.array(z.string().regex(/^[a-z0-9]{1,10}$/)).min(1));

/** The origin of an address that has no path, such as `https://video.example.org`. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine((value) => /^https?:\/\/[^/?#@\\]+\/?$/i.test(value))
  .transform((value) => new URL(value).origin);

const addressRanges = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .refine(areAddressRanges);

function areAddressRanges(list: string[]): boolean {
  try {
    proxyAddr.compile(list);
    return list.every((item) => /^[\d.a-f:]+(\/\d+)?$/i.test(item));
  } catch {
    return false;
  }
}

/**
 * One line per setting: its variable, what is allowed (quoted in the error when it is wrong), and its schema
 * with the default.
 */
const settingsTable = {
  PORT: { allowed: 'a port number from 1 to 65535', schema: port.default(5000) },
  HOST: {
    allowed: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
    schema: z.string().min(1).default('127.0.0.1'),
  },
  PUBLIC_URL: {
    allowed: 'the address that browsers use, without a path, such as https://video.example.org',
    schema: origin.optional(),
  },
  TRUSTED_PROXIES: {
    allowed: 'addresses or CIDR ranges separated by commas, such as 127.0.0.1,10.0.0.0/8',
    schema: addressRanges.default([]),
  },
  STORAGE_DIR: { allowed: 'a folder', schema: absolutePath.default(() => path.resolve('storage')) },
  MASTER_KEY_FILE: { allowed: 'a file with 64 hexadecimal digits', schema: absolutePath.optional() },
  LADDER_FILE: { allowed: 'a JSON file with a ladder', schema: absolutePath.optional() },
  MAX_UPLOAD_BYTES: {
    allowed: 'a whole number of bytes, at least 1',
    schema: z.coerce
      .number()
      .int()
      .min(1)
      .default(20 * GiB),
  },
  ALLOWED_EXTENSIONS: {
    allowed: 'file extensions separated by commas, such as mp4,mkv',
    schema: extensions.prefault(defaultExtensions),
  },
  JOB_CONCURRENCY: {
    allowed: 'a number of jobs from 0 to 64',
    schema: z.coerce.number().int().min(0).max(64).default(jobsForCores),
  },
  FFMPEG_PATH: { allowed: 'the path of ffmpeg', schema: z.string().min(1).default('ffmpeg') },
  FFPROBE_PATH: { allowed: 'the path of ffprobe', schema: z.string().min(1).default('ffprobe') },
  BWRAP_PATH: { allowed: 'the path of bwrap', schema: z.string().min(1).default('bwrap') },
  SANDBOX: {
    allowed: 'one of auto, off, required',
    schema: z.enum(['auto', 'off', 'required']).default('auto'),
  },
  X_ACCEL_PREFIX: {
    allowed: 'a path that begins and ends with /, such as /cenclave-files/',
    schema: z
      .string()
      .regex(/^\/([\w.-]+\/)+$/)
      .optional(),
  },
  LOG_LEVEL: {
    allowed: 'one of trace, debug, info, warn, error, silent',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
};

type SettingName = keyof typeof settingsTable;
export type Settings = { [Name in SettingName]: z.output<(typeof settingsTable)[Name]['schema']> };

/**
 * Reads the settings from an environment. An empty variable counts as not set.
 * @throws AppError `setting-invalid`, naming the variable and what is allowed.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const entries = Object.entries(settingsTable).map(([name, { allowed, schema }]) => {
    const result = schema.safeParse(environment[name] || undefined);
    if (result.success) return [name, result.data];
    const message = `The setting ${name} is "${environment[name]}"; it must be ${allowed}.`;
    throw new AppError('setting-invalid', message, { field: name });
  });
  return Object.fromEntries(entries) as Settings; // one entry per name of the table, each parsed by its own schema
}

/** Whether this is `next dev`. */
export const isDevelopment = process.env.NODE_ENV === 'development';

let cached: Settings | undefined;

/** The settings of this process, read once. No other module reads process.env. */
export function settings(): Settings {
  cached ??= readSettings(process.env);
  return cached;
}

/** The only variables of this process that tools inherit: where programs and their libraries are found. */
const toolVariables = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot'];

/** The environment for tools, without the server's settings and secrets. */
export function toolEnvironment(): Record<string, string> {
  return Object.fromEntries(
    toolVariables.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
