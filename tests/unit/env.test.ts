import { availableParallelism } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '@/lib/base/env';

const defaults: Settings = {
  PORT: 5000,
  HOST: '127.0.0.1',
  PUBLIC_URL: undefined,
  TRUSTED_PROXIES: [],
  ACCESS: 'auto',
  ADMIN_EMAIL: undefined,
  ADMIN_PASSWORD_FILE: undefined,
  OIDC_ISSUER: undefined,
  OIDC_CLIENT_ID: undefined,
  OIDC_CLIENT_SECRET_FILE: undefined,
  OIDC_NAME: 'OpenID',
  OIDC_ROLE_CLAIM: 'cenclave_role',
  STORAGE_DIR: path.resolve('storage'),
  MASTER_KEY_FILE: undefined,
  LADDER_FILE: undefined,
  MAX_UPLOAD_BYTES: 21_474_836_480,
  ALLOWED_EXTENSIONS: [
    'mp4',
    'mkv',
    'mov',
    'm4v',
    'webm',
    'avi',
    'ts',
    'mts',
    'm2ts',
    'mpg',
    'mpeg',
    'wmv',
    'flv',
  ],
  JOB_CONCURRENCY: Math.max(1, Math.floor(availableParallelism() / 4)),
  FFMPEG_PATH: 'ffmpeg',
  FFPROBE_PATH: 'ffprobe',
  BWRAP_PATH: 'bwrap',
  SANDBOX: 'auto',
  X_ACCEL_PREFIX: undefined,
  LOG_LEVEL: 'info',
};
const names = Object.keys(defaults);

describe('a setting that is not set', () => {
  it('has its default', () => {
    expect(readSettings({})).toEqual(defaults);
  });

  it('may be empty', () => {
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(defaults);
  });

  it('ignores other variables', () => {
    expect(readSettings({ PATH: '/bin', port: '80', NODE_ENV: 'production' })).toEqual(defaults);
  });
});

describe('a setting', () => {
  it.each<[keyof Settings, string, unknown]>([
    ['PORT', '1', 1],
    ['PORT', '65535', 65_535],
    ['HOST', '0.0.0.0', '0.0.0.0'],
    ['HOST', '::1', '::1'],
    ['PUBLIC_URL', 'https://video.example.org/', 'https://video.example.org'],
    ['PUBLIC_URL', 'HTTP://192.168.1.7:5000', 'http://192.168.1.7:5000'],
    ['PUBLIC_URL', 'https://video.example.org:443', 'https://video.example.org'],
    ['PUBLIC_URL', 'http://[fd00::7]:5000', 'http://[fd00::7]:5000'],
    ['TRUSTED_PROXIES', '127.0.0.1, 10.0.0.0/8,::1', ['127.0.0.1', '10.0.0.0/8', '::1']],
    ['ACCESS', 'protected', 'protected'],
    ['STORAGE_DIR', '/data/cenclave', '/data/cenclave'],
    ['STORAGE_DIR', 'data', path.resolve('data')],
    ['STORAGE_DIR', '/data/../srv/', '/srv'],
    ['MASTER_KEY_FILE', '/run/secrets/key', '/run/secrets/key'],
    ['MASTER_KEY_FILE', 'key', path.resolve('key')],
    ['LADDER_FILE', '/etc/ladder.json', '/etc/ladder.json'],
    ['LADDER_FILE', 'ladder.json', path.resolve('ladder.json')],
    ['MAX_UPLOAD_BYTES', '1', 1],
    ['MAX_UPLOAD_BYTES', '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['ALLOWED_EXTENSIONS', 'mp4', ['mp4']],
    ['ALLOWED_EXTENSIONS', ' .MP4 , mkv', ['mp4', 'mkv']],
    ['FFMPEG_PATH', '/opt/ffmpeg/ffmpeg', '/opt/ffmpeg/ffmpeg'],
    ['FFPROBE_PATH', '/opt/ffmpeg/ffprobe', '/opt/ffmpeg/ffprobe'],
    ['BWRAP_PATH', '/opt/bwrap', '/opt/bwrap'],
    ['SANDBOX', 'off', 'off'],
    ['SANDBOX', 'required', 'required'],
    ['X_ACCEL_PREFIX', '/cenclave-files/', '/cenclave-files/'],
    ['LOG_LEVEL', 'trace', 'trace'],
    ['LOG_LEVEL', 'silent', 'silent'],
  ])('%s=%s is read, and the others keep their defaults', (name, value, expected) => {
    expect(readSettings({ [name]: value })).toEqual({ ...defaults, [name]: expected });
  });
});

describe('a setting that is wrong', () => {
  const port = 'a port number from 1 to 65535';
  const bytes = 'a whole number of bytes, at least 1';
  const extensions = 'file extensions separated by commas, such as mp4,mkv';
  const prefix = 'a path that begins and ends with /, such as /cenclave-files/';
  const address = 'the address that browsers use, without a path, such as https://video.example.org';
  const ranges = 'addresses or CIDR ranges separated by commas, such as 127.0.0.1,10.0.0.0/8';
  const level = 'one of trace, debug, info, warn, error, silent';

  it.each([
    ['PORT', '0', port],
    ['PORT', '65536', port],
    ['PORT', '-1', port],
    ['PORT', '80.5', port],
    ['PORT', '5000abc', port],
    ['PORT', 'NaN', port],
    ['MAX_UPLOAD_BYTES', '0', bytes],
    ['MAX_UPLOAD_BYTES', '-5', bytes],
    ['MAX_UPLOAD_BYTES', '1.5', bytes],
    ['MAX_UPLOAD_BYTES', '20 GB', bytes],
    ['MAX_UPLOAD_BYTES', 'Infinity', bytes],
    ['MAX_UPLOAD_BYTES', '9007199254740993', bytes],
    ['ALLOWED_EXTENSIONS', ',', extensions],
    ['ALLOWED_EXTENSIONS', 'mp4,,mkv', extensions],
    ['ALLOWED_EXTENSIONS', 'mp4;mkv', extensions],
    ['ALLOWED_EXTENSIONS', '*.mp4', extensions],
    ['ALLOWED_EXTENSIONS', 'abcdefghijk', extensions],
    ...[
      'video.example.org',
      'https://video.example.org/x',
      'https://u@video.example.org',
      'ftp://a',
      'https://a?b',
    ].map((value) => ['PUBLIC_URL', value, address]),
    ...['localhost', '127.0.0.1,', '10.0.0.0/33', 'loopback', '10.0.0.0/8;::1'].map((value) => [
      'TRUSTED_PROXIES',
      value,
      ranges,
    ]),
    ['SANDBOX', 'on', 'one of auto, off, required'],
    ['X_ACCEL_PREFIX', '/cenclave-files', prefix],
    ['X_ACCEL_PREFIX', 'cenclave-files/', prefix],
    ['X_ACCEL_PREFIX', '/', prefix],
    ['LOG_LEVEL', 'loud', level],
    ['LOG_LEVEL', 'INFO', level],
  ])('is named with its allowed values: %s=%s', (name, value, allowed) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({
        name: 'AppError',
        code: 'setting-invalid',
        field: name,
        message: `The setting ${name} is "${value}"; it must be ${allowed}.`,
      }),
    );
  });

  it.each(['PORT', 'MAX_UPLOAD_BYTES'])('may not be blank: %s', (name) => {
    expect(() => readSettings({ [name]: ' ' })).toThrow(expect.objectContaining({ field: name }));
  });
});
