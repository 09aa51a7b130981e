import { availableParallelism } from 'node:os';
import path from 'node:path';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';
import { AppError } from '@/lib/base/errors';

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

/** What the documents say of a setting (README.md, .env.example), in Markdown without line breaks. */
interface SettingText {
  /** Completes "it must be …" in the error about a wrong value. */
  allowed: string;
  meaning: string;
  /** The default for a reader, where it is not a plain value of the schema. */
  byDefault?: string;
}

/** A setting has texts for its readers, and a schema with its default. */
interface Setting extends SettingText {
  schema: z.ZodType;
}

/** One row per setting, in the order of the documents. `npm run format` writes the documents' tables. */
export const settingsTable = {
  PORT: {
    allowed: 'a port number from 1 to 65535',
    meaning: 'The port to listen on.',
    schema: port.default(5000),
  },
  HOST: {
    allowed: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
    meaning: 'The address to listen on; `0.0.0.0` for all.',
    schema: z.string().min(1).default('127.0.0.1'),
  },
  PUBLIC_URL: {
    allowed: 'the address that browsers use, without a path, such as https://video.example.org',
    meaning:
      'The address that browsers use if it is not `localhost`, such as `https://video.example.org`. Requests to any other host are refused. Links start with this address.',
    schema: origin.optional(),
  },
  TRUSTED_PROXIES: {
    allowed: 'addresses or CIDR ranges separated by commas, such as 127.0.0.1,10.0.0.0/8',
    meaning:
      'Addresses of the proxies in front of Cenclave, as CIDR ranges separated by commas. `X-Forwarded-*` headers are trusted from these only.',
    schema: addressRanges.default([]),
  },
  ACCESS: {
    allowed: 'one of auto, open, protected',
    meaning:
      'Who may use Cenclave. `open`: everybody who reaches it, but nobody through a proxy. `protected`: who signs in, or has an API token or a share link. `auto`: `open` while HOST is this machine alone, PUBLIC_URL is not set and there is no user; else `protected`.',
    schema: z.enum(['auto', 'open', 'protected']).default('auto'),
  },
  ADMIN_EMAIL: {
    allowed: 'an e-mail address',
    meaning:
      'For starts without a person: the administrator who is created, with the password of ADMIN_PASSWORD_FILE, when there is none.',
    schema: z
      .email()
      .transform((value) => value.toLowerCase())
      .optional(),
  },
  ADMIN_PASSWORD_FILE: {
    allowed: 'a file',
    meaning: 'A file with the password of ADMIN_EMAIL. It is read only while there is no administrator.',
    schema: absolutePath.optional(),
  },
  OIDC_ISSUER: {
    allowed: 'the address of an OpenID provider, such as https://id.example.org/realms/a',
    meaning:
      'Lets people sign in at an OpenID provider: its issuer, without `/.well-known/openid-configuration`. See [docs/accounts.md](docs/accounts.md#an-openid-provider).',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  },
  OIDC_CLIENT_ID: {
    allowed: 'the name that the OpenID provider gave to this server',
    meaning: 'The client id at OIDC_ISSUER.',
    schema: z.string().min(1).optional(),
  },
  OIDC_CLIENT_SECRET_FILE: {
    allowed: 'a file',
    meaning: 'A file with the client secret at OIDC_ISSUER.',
    schema: absolutePath.optional(),
  },
  OIDC_NAME: {
    allowed: 'a name of at most 40 characters',
    meaning: 'What the sign-in page calls the OpenID provider.',
    schema: z.string().min(1).max(40).default('OpenID'),
  },
  OIDC_ROLE_CLAIM: {
    allowed: 'the name of a claim',
    meaning:
      'The claim of the ID token that has the role: `administrator`, `editor` or `viewer`, or a list with one of them. Nobody without it gets in.',
    schema: z.string().min(1).default('cenclave_role'),
  },
  STORAGE_DIR: {
    allowed: 'a folder',
    meaning:
      'Where uploads, packages, the database and the master key are kept. Each start removes the access of other users.',
    byDefault: './storage',
    schema: absolutePath.default(() => path.resolve('storage')),
  },
  MASTER_KEY_FILE: {
    allowed: 'a file with 64 hexadecimal digits',
    meaning:
      'The key that wraps the content keys on disk. Created at the first start. Cenclave does not start if other users can read the file.',
    byDefault: 'STORAGE_DIR/master.key',
    schema: absolutePath.optional(),
  },
  MAX_UPLOAD_BYTES: {
    allowed: 'a whole number of bytes, at least 1',
    meaning: 'The largest upload, in bytes; the default is 20 GiB.',
    schema: z.coerce
      .number()
      .int()
      .min(1)
      .default(20 * GiB),
  },
  ALLOWED_EXTENSIONS: {
    allowed: 'file extensions separated by commas, such as mp4,mkv',
    meaning: 'Accepted file extensions, separated by commas.',
    schema: extensions.prefault(defaultExtensions),
  },
  JOB_CONCURRENCY: {
    allowed: 'a number of jobs from 0 to 64',
    meaning:
      'How many packages are processed at the same time; `0` leaves them to [workers](README.md#more-workers).',
    byDefault: 'a quarter of the cores, at least 1',
    schema: z.coerce.number().int().min(0).max(64).default(jobsForCores),
  },
  LADDER_FILE: {
    allowed: 'a JSON file with a ladder',
    meaning:
      'A JSON file that changes the ladder of [default-ladder.ts](lib/packaging/plan/default-ladder.ts).',
    schema: absolutePath.optional(),
  },
  FFMPEG_PATH: {
    allowed: 'the path of ffmpeg',
    meaning: 'The FFmpeg program to use.',
    schema: z.string().min(1).default('ffmpeg'),
  },
  FFPROBE_PATH: {
    allowed: 'the path of ffprobe',
    meaning: 'The ffprobe program to use.',
    schema: z.string().min(1).default('ffprobe'),
  },
  SANDBOX: {
    allowed: 'one of auto, off, required',
    meaning:
      "Whether tools run in [bubblewrap](https://github.com/containers/bubblewrap), without a network and with access only to their own job's files. `auto`: where bubblewrap works; elsewhere the library page shows a warning, and Cenclave does not start as root. `off`: never. `required`: Cenclave does not start where bubblewrap does not work.",
    schema: z.enum(['auto', 'off', 'required']).default('auto'),
  },
  BWRAP_PATH: {
    allowed: 'the path of bwrap',
    meaning: 'The bubblewrap program to use.',
    schema: z.string().min(1).default('bwrap'),
  },
  X_ACCEL_PREFIX: {
    allowed: 'a path that begins and ends with /, such as /cenclave-files/',
    meaning: 'Lets an nginx in front of Cenclave send the files: see [docs/nginx.md](docs/nginx.md).',
    schema: z
      .string()
      .regex(/^\/([\w.-]+\/)+$/)
      .optional(),
  },
  LOG_LEVEL: {
    allowed: 'one of trace, debug, info, warn, error, silent',
    meaning: 'How much is logged: `trace`, `debug`, `info`, `warn`, `error` or `silent`.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
} satisfies Record<string, Setting>;

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

/** Whether a server that listens on this address is reached from its own machine only. */
export const isThisMachine = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host);

/** The address of links, and of cookies: that which browsers use. */
export const publicOrigin = ({ PUBLIC_URL, PORT }: Pick<Settings, 'PUBLIC_URL' | 'PORT'>): string =>
  PUBLIC_URL ?? `http://localhost:${PORT}`;

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
