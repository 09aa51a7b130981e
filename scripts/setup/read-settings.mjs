// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';

/** @typedef {{ port: number, host: string, storageDir: string }} ServerSettings */

/**
 * The settings that are needed before the app can check its own (lib/env.ts, same defaults). An empty
 * variable counts as not set.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @returns {ServerSettings}
 */
export function readSettings(root, env) {
  const port = Number(env.PORT || 5000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlainError(`The setting PORT is "${env.PORT}"; it must be a port number from 1 to 65535.`);
  }
  return {
    port,
    host: env.HOST || '127.0.0.1',
    storageDir: path.resolve(root, env.STORAGE_DIR || 'storage'),
  };
}

/**
 * Next reads .env for the app, so these checks must read it, too. Variables already set win.
 * @param {string} root
 */
export function loadEnvFile(root) {
  const file = path.join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
