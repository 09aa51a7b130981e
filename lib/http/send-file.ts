import { Readable } from 'node:stream';
import parseRange from 'range-parser';
import type { StoredFile } from '@/lib/storage/artifact-store';
import type { RequestHead } from './before-next';
import { nodeResponse } from './bridge';
import { sendBytes, waitForTurn } from './send-bytes';

interface SendOptions {
  type: string;
  cacheControl: string;
  disposition?: string;
  /**
   * The address prefix under which nginx in front finds the store (X_ACCEL_PREFIX); it then sends the file.
   */
  acceleratedBelow?: string | undefined;
}

/**
 * Answers a file with Range (RFC 9110, 14), ETag and Last-Modified, whole or in one part. Several ranges in
 * one request are answered with the whole file, as the RFC allows. With nginx in front, nginx does all of
 * this.
 */
export async function sendFile(
  request: RequestHead,
  file: StoredFile,
  options: SendOptions,
): Promise<Response> {
  const { acceleratedBelow } = options;
  if (acceleratedBelow) return leaveToNginx(acceleratedBelow + file.key, options);
  const etag = `"${file.sizeBytes.toString(16)}-${file.modifiedAt.getTime().toString(16)}"`;
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': options.cacheControl,
    'Content-Type': options.type,
    ETag: etag,
    'Last-Modified': file.modifiedAt.toUTCString(),
    ...(options.disposition ? { 'Content-Disposition': options.disposition } : {}),
  });
  if (isUnchanged(request, etag, file.modifiedAt)) return new Response(null, { status: 304, headers });
  const part = requestedPart(request, etag, file);
  if (part === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${file.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  if (part) headers.set('Content-Range', `bytes ${part.start}-${part.end}/${file.sizeBytes}`);
  const { start, end } = part ?? { start: 0, end: file.sizeBytes - 1 };
  headers.set('Content-Length', String(end - start + 1));
  const status = part ? 206 : 200;
  const direct = nodeResponse();
  if (request.method === 'HEAD' || end < start) {
    direct?.setHeader('Content-Length', String(end - start + 1));
    return new Response(null, { status, headers });
  }
  if (direct) {
    await waitForTurn(direct);
    if (direct.req.socket.destroyed) return new Response(null, { status });
    const source = await file.open();
    direct.writeHead(status, Object.fromEntries(headers));
    await sendBytes(direct, source, start, end);
    return new Response(null, { status });
  }
  const bytes = file.read(start, end);
  return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, { status, headers }); // same class at run time
}

/** nginx reads the file itself and handles Range and conditions, with its own ETag and Last-Modified. */
function leaveToNginx(address: string, { type, cacheControl, disposition }: SendOptions): Response {
  const headers = {
    'X-Accel-Redirect': address,
    'Content-Type': type,
    'Cache-Control': cacheControl,
    ...(disposition ? { 'Content-Disposition': disposition } : {}),
  };
  const direct = nodeResponse();
  if (!direct) return new Response(null, { headers });
  direct.writeHead(200, { ...headers, 'Content-Length': 0 }).end();
  return new Response(null);
}

function isUnchanged(request: RequestHead, etag: string, modifiedAt: Date): boolean {
  const known = request.headers.get('if-none-match');
  if (known !== null)
    return known === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since;
}

function requestedPart(request: RequestHead, etag: string, file: StoredFile) {
  // Range is defined for GET only (RFC 9110, 14.2).
  const range = request.method === 'GET' ? wholeSuffix(request.headers.get('range'), file.sizeBytes) : null;
  const condition = request.headers.get('if-range');
  if (
    range === null ||
    (condition !== null && condition !== etag && condition !== file.modifiedAt.toUTCString())
  )
    return null;
  const parts = parseRange(file.sizeBytes, range, { combine: true });
  if (parts === -1) return 'unsatisfiable';
  return parts !== -2 && parts.type === 'bytes' && parts.length === 1 ? (parts[0] ?? null) : null;
}

/**
 * A suffix longer than the file means the whole of it (RFC 9110, 14.1.2); range-parser calls that
 * unsatisfiable.
 */
function wholeSuffix(range: string | null, sizeBytes: number): string | null {
  const suffixBytes = Number(/^bytes=-(\d+)$/.exec(range ?? '')?.[1] ?? 0);
  return suffixBytes > sizeBytes && sizeBytes > 0 ? `bytes=0-${sizeBytes - 1}` : range;
}
