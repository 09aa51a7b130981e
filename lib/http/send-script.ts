import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { AppError } from '@/lib/errors';
import type { RequestHead } from './ahead-of-next';

/** Where Next.js has the scripts and styles that it built: their names tell their content. */
export const builtScriptPath = /^\/_next\/static\/(chunks\/[\w.~-]+\.(?:js|css))$/;
export const builtScriptsFolder = path.join('.next', 'static');

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const gzipped = promisify(gzip);
const kept = new Map<string, Promise<Buffer<ArrayBuffer>>>();

/**
 * Answers a script or a style sheet that never changes under its name. Who takes gzip (RFC 9110, 12.5.3) gets a third of its
 * bytes; it is packed once.
 * @throws AppError `not-found`
 */
export async function sendScript(request: RequestHead, file: string): Promise<Response> {
  const isPacked = takesGzip(request.headers.get('accept-encoding') ?? '');
  const body = await (isPacked ? readPacked(file) : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new AppError('not-found', 'There is no such script here.');
  });
  const headers = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Length': String(body.length),
    'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept-Encoding',
  };
  return new Response(body, { headers });
}

function takesGzip(accepted: string): boolean {
  const [, weight = '1'] = /(?:^|,)\s*gzip\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i.exec(accepted) ?? ['', '0'];
  return Number(weight) > 0;
}

/** What can't be read is not kept: the next request tries again. */
function readPacked(file: string): Promise<Buffer<ArrayBuffer>> {
  const known = kept.get(file);
  if (known) return known;
  const body = readFile(file).then((bytes) => gzipped(bytes, { level: constants.Z_BEST_COMPRESSION }));
  kept.set(file, body);
  body.catch(() => kept.delete(file));
  return body;
}
