import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from './api';
import { startAppServer } from './app-server';
import { times } from './fault-table';
import { beginUpload, sendPart } from './tus';

/** The outcome of requests: how many there were, and a description of each that failed. */
export interface Outcome {
  tried: number;
  faults: string[];
}

export async function countFaults(attempts: Promise<string | null>[]): Promise<Outcome> {
  const results = await Promise.all(
    attempts.map((attempt) => attempt.catch((error) => `${error} (${error.cause})`)),
  );
  return { tried: results.length, faults: results.filter((fault) => fault !== null) };
}

/** How long health requests took, and what went wrong. */
export interface HealthTimes {
  medianMs: number;
  worstMs: number;
  faults: string[];
}

/**
 * The time that must be under a second: the slowest answer; in `npm test`, on a machine that may have
 * other work, the median.
 */
export const boundedMs = ({ medianMs, worstMs }: HealthTimes) => times({ full: worstMs, quick: medianMs });

/** A server with a package, and its clients. */
export type UsedServer = Awaited<ReturnType<typeof startUsedServer>>;

export async function startUsedServer(settings: Record<string, string> = {}) {
  const server = await startAppServer(settings);
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
  const published = await packageUntilReady(server.origin, video.id);

  async function upload(body: Blob): Promise<string | null> {
    const form = new FormData();
    form.append('file', body, 'x.mp4');
    const answer = await fetch(`${server.origin}/api/videos`, { method: 'POST', body: form });
    const { id, sizeBytes, detail } = await answer.json();
    if (answer.status !== 201) return `upload: ${answer.status} ${detail}`;
    if (sizeBytes !== body.size) return `upload: ${sizeBytes} bytes came`;
    return remove(id);
  }

  /** Uploads by tus, as the page does, and deletes the video. */
  async function uploadByTus(body: Uint8Array): Promise<string | null> {
    const url = await beginUpload(server.origin, body.length);
    const { status, headers } = await sendPart(url, 0, body);
    return status === 204 ? remove(headers.get('upload-video')) : `tus: ${status}`;
  }

  async function remove(id: string | null): Promise<string | null> {
    const removed = await fetch(`${server.origin}/api/videos/${id}`, { method: 'DELETE' });
    return removed.status === 204 ? null : `delete: ${removed.status}`;
  }

  /** Reads a track as a player does, by ranges of 64 KiB; viewers take different tracks. */
  async function watch(viewer: number): Promise<string | null> {
    const file = published.tracks[viewer % published.tracks.length]?.file ?? '';
    const url = server.origin + path.posix.join(path.posix.dirname(published.links.manifest ?? ''), file);
    const step = 64 * 1024;
    for (let start = 0, size = 1; start < size; start += step) {
      const answer = await fetch(url, { headers: { Range: `bytes=${start}-${start + step - 1}` } });
      const bytes = (await answer.arrayBuffer()).byteLength;
      size = Number(answer.headers.get('content-range')?.split('/')[1] ?? 0);
      if (answer.status !== 206 || bytes !== Math.min(step, size - start))
        return `segment: ${answer.status}, ${bytes} bytes`;
    }
    return null;
  }

  /** Requests the health again and again, in its own thread, until `stop`. */
  function watchHealth(): { stop(): Promise<HealthTimes> } {
    const watcher = new Worker(new URL('./watch-health.ts', import.meta.url), { workerData: server.origin });
    return {
      async stop() {
        const message = once(watcher, 'message');
        watcher.postMessage('stop');
        const [health] = await message;
        return health;
      },
    };
  }

  return { server, video, upload, uploadByTus, watch, watchHealth };
}
