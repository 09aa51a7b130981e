import type { Readable } from 'node:stream';
import { authorize } from '@/lib/access/authorize';
import { ownerIdOf } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { clientOf } from '@/lib/http/client';
import { problemResponse } from '@/lib/http/problem';
import type { Reservation } from '@/lib/storage/disk-reservations';
import { resumableFolder } from '@/lib/storage/folders';
import { explainTus, tusRefusal, uploadNotFound } from './explain-tus';
import { findFinished } from './finish-upload';
import { type GuardedBody, guardBody } from './guarded-body';
import { pauseMs, type TusServer } from './tus-server';

export interface TusRequest extends Pick<Request, 'method' | 'url' | 'headers'> {
  /** Node's own stream: a request of undici copies each chunk. */
  body: Readable | null;
}

/**
 * Answers a request of tus 1.0; with `id`, for that upload. The answer to the last byte names the resulting
 * video in `Upload-Video`. Refusals are problem+json, as everywhere.
 */
export async function answerUpload(server: TusServer, request: TusRequest, id?: string): Promise<Response> {
  let response: Response;
  try {
    response = await receive(server, request, id);
  } catch (error) {
    response = problemResponse(explainTus(error, server.app.settings.MAX_UPLOAD_BYTES));
    response.headers.set('Tus-Resumable', '1.0.0');
    if (response.status === 412) response.headers.set('Tus-Version', '1.0.0');
  }
  return response;
}

async function receive(server: TusServer, request: TusRequest, id?: string): Promise<Response> {
  checkHeaders(request);
  if (id) await checkOwner(server, id);
  const space = id && request.method === 'PATCH' ? await reserveRest(server, id) : null;
  const body = request.body && guardBody(request.body, (bytes) => space?.arrived(bytes), space?.full);
  try {
    const response = await handOver(server, request, body);
    if (id && request.method === 'DELETE') server.app.reservations.end(id);
    return response;
  } finally {
    // Not awaited: the answer must not depend on what a client still sends.
    body?.discardRest();
    space?.pause(pauseMs);
  }
}

/** The standard requires 415 here; the library answers 400. */
function checkHeaders({ method, headers }: TusRequest): void {
  if (method !== 'PATCH' || headers.get('content-type') === 'application/offset+octet-stream') return;
  throw new AppError('media-type-wrong', 'Send the bytes as application/offset+octet-stream.');
}

/**
 * An upload belongs to whoever began it; on an open server, to everybody.
 * @throws AppError `upload-not-found` for others
 */
async function checkOwner({ acting, store }: TusServer, id: string): Promise<void> {
  const now = acting();
  const userId = ownerIdOf(now.principal);
  if (userId === null) return;
  const { metadata } = await store.getUpload(id);
  if (metadata?.owner === userId) return;
  const finished = metadata ? undefined : await findFinished(now, id);
  if (finished) return authorize(now, 'video.write', finished, uploadNotFound);
  uploadNotFound();
}

/** An upload that continues after a pause, or after a restart of the server, needs a new reservation. */
async function reserveRest({ app, acting, store }: TusServer, id: string): Promise<Reservation | null> {
  const { size = 0, offset } = await store.getUpload(id);
  if (size === offset) return null;
  const announced = { bytes: size - offset, receivedBytes: offset, from: clientOf(acting().principal) };
  return app.reservations.reserve(resumableFolder(app.settings.STORAGE_DIR), id, announced);
}

async function handOver(server: TusServer, request: TusRequest, body: GuardedBody | null): Promise<Response> {
  const { url, method } = request;
  const headers = new Headers(request.headers);
  // The library refuses the value that a chain of proxies writes here, and does not need it.
  headers.delete('x-forwarded-proto');
  const init = { method, headers, body: body?.stream ?? null, duplex: 'half' };
  const handedOn = new Request(url, init);
  const response = await server.tus.handleWeb(handedOn);
  if (server.failures.has(handedOn)) throw server.failures.get(handedOn);
  if (response.status >= 400) throw tusRefusal(response.status, await response.text());
  // Pages of other sites may not upload here: the library's CORS headers are removed.
  for (const name of [...response.headers.keys()])
    if (name.startsWith('access-control-')) response.headers.delete(name);
  return response;
}
