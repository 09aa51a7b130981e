import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from './api';
import { startAppServer } from './app-server';

/** What came of requests: how many, and those that went wrong, in words. */
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

/** A server with a package, and those who use it. */
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
    const removed = await fetch(`${server.origin}/api/videos/${id}`, { method: 'DELETE' });
    return removed.status === 204 ? null : `delete: ${removed.status}`;
  }

  /** Plays a track as a player does, by ranges of 64 KiB; each viewer another. */
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

  /** Asks for the health again and again; `stop` gives how many milliseconds each answer took. */
  function watchHealth(): { stop(): Promise<number[]>; faults: string[] } {
    const taken: number[] = [];
    const faults: string[] = [];
    let isOver = false;
    const loop = async () => {
      while (!isOver) {
        const begun = performance.now();
        const answer = await fetch(`${server.origin}/api/health`).catch((error) => ({
          status: String(error),
        }));
        if (answer.status !== 200) faults.push(`health: ${answer.status}`);
        taken.push(performance.now() - begun);
        await sleep(100);
      }
      return taken.sort((a, b) => a - b);
    };
    const running = loop();
    return {
      faults,
      stop() {
        isOver = true;
        return running;
      },
    };
  }

  return { server, video, upload, watch, watchHealth };
}
