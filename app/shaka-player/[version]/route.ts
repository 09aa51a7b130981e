import path from 'node:path';
import { version as installed } from 'shaka-player/package.json';
import { AppError } from '@/lib/errors';
import { handle } from '@/lib/http/handle';
import { sendScript } from '@/lib/http/send-script';

const file = path.resolve('node_modules', 'shaka-player', 'dist', 'shaka-player.ui.js');

/** Shaka Player as it is published: a script that pages load beside their own code. */
export const GET = handle<{ version: string }>(async (request, { version }) => {
  if (version !== installed)
    throw new AppError('not-found', `Shaka Player ${version} is not installed here.`);
  return sendScript(request, file);
});
