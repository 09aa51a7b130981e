import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import shaka from 'shaka-player/package.json' with { type: 'json' };
import { AppError } from '@/lib/errors';
import type { Answers, RequestHead } from './before-next';

/** The scripts and styles that Next.js built: their names depend on their content. */
const builtPath = /^\/_next\/static\/(chunks\/[\w.~-]+\.(?:js|css))$/;

const shakaPath = /^\/shaka-player\/([\w.+-]+)$/;
const shakaFile = path.resolve('node_modules', 'shaka-player', 'dist', 'shaka-player.ui.js');

/**
 * The scripts of pages: their own code, and Shaka Player as published, under its version. Next.js itself
 * would send the first uncompressed, and removes Content-Encoding from what a handler returns.
 */
export const scriptAnswers: Answers = [
  [
    shakaPath,
    async (head, [version]) => {
      if (version !== shaka.version)
        throw new AppError('not-found', `Shaka Player ${version} is not installed here.`);
      return sendScript(head, shakaFile);
    },
  ],
  [builtPath, (head, [name = '']) => sendScript(head, path.join('.next', 'static', name))],
];

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const gzipped = promisify(gzip);
const kept = new Map<string, Promise<Buffer<ArrayBuffer>>>();

/**
 * Answers a script or a style sheet whose content never changes under its name. A client that accepts gzip
 * (RFC 9110, 12.5.3) gets a third of the bytes; each file is compressed once.
 * @returns null when there is no such file: `next dev` has its scripts elsewhere
 */
export async function sendScript(request: RequestHead, file: string): Promise<Response | null> {
  const isPacked = takesGzip(request.headers.get('accept-encoding') ?? '');
  const body = await (isPacked ? readPacked(file) : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (!body) return null;
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

/** A failed read is not kept: the next request tries again. */
function readPacked(file: string): Promise<Buffer<ArrayBuffer>> {
  const known = kept.get(file);
  if (known) return known;
  const body = readFile(file).then((bytes) => gzipped(bytes, { level: constants.Z_BEST_COMPRESSION }));
  kept.set(file, body);
  body.catch(() => kept.delete(file));
  return body;
}
