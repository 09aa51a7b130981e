import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { version as installed } from 'shaka-player/package.json';
import { AppError } from '@/lib/errors';
import { handle } from '@/lib/http/handle';

const file = path.resolve('node_modules', 'shaka-player', 'dist', 'shaka-player.ui.js');
let code: Promise<Buffer<ArrayBuffer>> | null = null;

/** Shaka Player as it is published: a script that pages load beside their own code. */
export const GET = handle<{ version: string }>(async (_, { version }) => {
  if (version !== installed)
    throw new AppError('not-found', `Shaka Player ${version} is not installed here.`);
  code ??= readFile(file);
  const headers = {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  };
  return new Response(await code, { headers });
});
