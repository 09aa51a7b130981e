import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { clip } from '../fixtures/clips';

const version = { 'Tus-Resumable': '1.0.0' };
/** Keeps no idle connection: tests that count the server's do not wait until it closes them. */
const alone = { ...version, Connection: 'close' };
export const tusBytes = { ...version, 'Content-Type': 'application/offset+octet-stream' };

/** `Upload-Metadata` with a file's name. */
export const named = (name: string) => `filename ${Buffer.from(name).toString('base64')}`;

/** Requests a new upload by tus. */
export function createUpload(
  origin: string,
  sizeBytes: number,
  name = 'x.mp4',
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = { ...alone, 'Upload-Length': String(sizeBytes), 'Upload-Metadata': named(name), ...more };
  return fetch(`${origin}/api/uploads`, { method: 'POST', headers });
}

/** Begins an upload and returns its address. */
export async function beginUpload(origin: string, sizeBytes: number, name?: string): Promise<string> {
  const answer = await createUpload(origin, sizeBytes, name);
  if (answer.status !== 201) throw new Error(`Creation answered ${answer.status}: ${await answer.text()}`);
  return new URL(answer.headers.get('location') ?? '', origin).href;
}

export function sendPart(url: string, offset: number, bytes: Uint8Array): Promise<Response> {
  const headers = { ...tusBytes, 'Upload-Offset': String(offset) };
  return fetch(url, { method: 'PATCH', headers, body: bytes as Uint8Array<ArrayBuffer> });
}

/** The bytes that the server has; null when it does not know the upload. */
export async function offsetOf(url: string): Promise<number | null> {
  const { status, headers } = await fetch(url, { method: 'HEAD', headers: version });
  return status === 200 ? Number(headers.get('upload-offset')) : null;
}

export const endUpload = (url: string) => fetch(url, { method: 'DELETE', headers: alone });

/** A video of at least this size: a small MP4, followed by a `free` box of noise. */
export function largeVideo(sizeBytes: number): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(sizeBytes + 8);
  head.write('free', 4, 'latin1');
  return Buffer.concat([readFileSync(clip('audio.mp4')), head, randomBytes(sizeBytes)]);
}

/** Writes a video of at least this size into a folder. */
export function largeVideoFile(folder: string, sizeBytes: number): string {
  const file = path.join(folder, 'large.mp4');
  writeFileSync(file, largeVideo(sizeBytes));
  return file;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
