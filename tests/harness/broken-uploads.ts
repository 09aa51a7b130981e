import { readFileSync } from 'node:fs';
import path from 'node:path';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { uploadFile } from './api';
import { beginUpload, offsetOf, sendPart, sha256 } from './tus';

const aac = ['-c:a', 'aac', '-ac', '2'];

/** Small videos for work that is interrupted: one that can be copied, and one that must be encoded. */
export const smallClips = () => [
  drawClip('small.mp4', [...testPattern('426x240', 25, 6), ...tone(440, 6), ...h264, ...aac]),
  drawClip('small.webm', [
    ...testPattern('320x180', 25, 4),
    ...tone(440, 4),
    '-c:v',
    'libvpx',
    '-b:v',
    '300k',
    '-c:a',
    'libvorbis',
  ]),
];

/** An upload that the server has acknowledged. */
export interface Acknowledged {
  videoId: number;
  sha256: string;
}

/** A tus upload in progress, which continues at its offset whenever the server is there. */
export interface UploadCallbacks {
  url: string;
  name: string;
  bytes: Buffer;
}

/** Sends a file as a form; null when the server is gone before it acknowledges. */
export async function sendForm(origin: string, file: string): Promise<Acknowledged | null> {
  const video = await orNullWhenGone(uploadFile(origin, file));
  return video && { videoId: video.id, sha256: sha256(readFileSync(file)) };
}

/** Announces a file by tus; null when the server is gone before it acknowledges. */
export async function announce(origin: string, file: string): Promise<UploadCallbacks | null> {
  const bytes = readFileSync(file);
  const name = path.basename(file);
  const url = await orNullWhenGone(beginUpload(origin, bytes.length, name));
  return url === null ? null : { url, name, bytes };
}

/**
 * Sends what is missing, in parts; null when the server is gone meanwhile.
 * @throws when the server has lost what it acknowledged
 */
export async function sendRest({ url, name, bytes }: UploadCallbacks): Promise<Acknowledged | null> {
  const offset = await orNullWhenGone(offsetOf(url).then((value) => ({ value })));
  if (offset === null) return null;
  if (offset.value === null) throw new Error(`The upload of ${name} is gone from the server.`);
  const partBytes = Math.ceil(bytes.length / 3);
  for (let at = offset.value; ; at += partBytes) {
    const answer = await orNullWhenGone(sendPart(url, at, bytes.subarray(at, at + partBytes)));
    if (answer === null) return null;
    if (answer.status !== 204) throw new Error(`A part of ${name} at ${at} was answered ${answer.status}.`);
    const videoId = answer.headers.get('upload-video');
    if (videoId !== null) return { videoId: Number(videoId), sha256: sha256(bytes) };
    if (at >= bytes.length) throw new Error(`${name} is complete, and there is no video.`);
  }
}

/** The result of a request; null when the connection broke. */
export async function orNullWhenGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    // fetch reports a refused or broken connection like this.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
