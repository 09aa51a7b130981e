import { readFileSync } from 'node:fs';
import os from 'node:os';
import { runQuietly } from '@/scripts/process/run-quietly.mjs';
import { ensureTool } from '@/scripts/setup/ensure-tool.mjs';
import { tools } from '@/scripts/setup/tools.mjs';

/** The paths of the tools that measures may lack; null when one is missing. */
export interface Found {
  nginx: string | null;
  chromium: string | null;
  curl: string | null;
  versions: Record<string, string>;
}

/** Finds the tools, and installs missing ones where this user may do so. */
export async function findTools(): Promise<Found> {
  const find = (name: 'nginx' | 'chromium' | 'curl') =>
    ensureTool(tools[name], process.env).catch(() => null);
  const [nginx, chromium, curl] = [await find('nginx'), await find('chromium'), await find('curl')];
  const packaged = (name: string): string =>
    JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  return {
    nginx,
    chromium,
    curl,
    versions: {
      node: process.version,
      next: packaged('next'),
      formidable: packaged('formidable'),
      'shaka-player': packaged('shaka-player'),
      'shaka-packager': packaged('shaka-packager'),
      ffmpeg: await versionOf('ffmpeg', '-version', /version (\S+)/),
      curl: await versionOf(curl, '--version', /curl (\S+)/),
      nginx: await versionOf(nginx, '-v', /nginx\/(\S+)/),
      chromium: await versionOf(chromium, '--version', /(\d+\.\d+\.\d+\.\d+)/),
    },
  };
}

/** nginx prints its version to standard error, the others to standard output. */
async function versionOf(program: string | null, option: string, pattern: RegExp): Promise<string> {
  if (!program) return 'missing';
  const { output } = await runQuietly([program, option]);
  return pattern.exec(output)?.[1] ?? 'unknown';
}

/** The machine that the figures were measured on. */
export function describeMachine() {
  const [cpu] = os.cpus();
  return {
    system: `${os.type()} ${os.release()}`,
    processor: cpu?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 1024 ** 3),
    loadBefore: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  };
}
