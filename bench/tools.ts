import { readFileSync } from 'node:fs';
import os from 'node:os';
import { ensureTool, tools } from '@/scripts/setup/ensure-tool.mjs';
import { run } from './run';

/** The paths of the tools that measures may lack; null when one is missing. */
export interface Found {
  nginx: string | null;
  chromium: string | null;
  curl: string | null;
  versions: Record<string, string>;
}

/** Finds the tools, and installs those that are missing where that may be done. */
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
      ffmpeg: await versionOf(['ffmpeg', '-version'], /version (\S+)/),
      curl: await versionOf(curl && [curl, '--version'], /curl (\S+)/),
      // It tells its version on standard error.
      nginx: await versionOf(nginx && ['sh', '-c', '"$0" -v 2>&1', nginx], /nginx\/(\S+)/),
      chromium: await versionOf(chromium && [chromium, '--version'], /([\d.]{5,})/),
    },
  };
}

async function versionOf(argv: string[] | null, pattern: RegExp): Promise<string> {
  if (!argv) return 'missing';
  return pattern.exec(await run(argv).catch(() => ''))?.[1] ?? 'unknown';
}

/** What the figures were measured on. */
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
