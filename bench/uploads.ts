import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { VideoView } from '@/lib/videos/video-view';
import { startAppServer } from '@/tests/harness/app-server';
import { type Bench, host, Skip } from './bench-context';
import { padClip } from './clips';
import { sha256 } from './proofs/bytes';
import { prove } from './proofs/prove';
import { run, seconds, startProgram } from './run';

export interface Uploads {
  sizeBytes: number;
  /** Seconds of each. */
  ours: number[];
  theirs: number[];
  /** Of a bare server that also computes SHA-256 and syncs the file before it answers. */
  careful: number[];
  /** How far the server's resident memory rose above its value before the first upload. */
  growthBytes: number[];
}

const sampleMilliseconds = 50;

/** Uploads a large file to the app and to two bare servers, in turn. */
export function uploads(bench: Bench): Promise<Uploads> {
  return bench.shared('uploads', async () => {
    const { curl } = bench.tools;
    if (!curl) throw new Skip('curl is missing');
    const file = await padClip(bench.shortClip, bench.sizes.uploadBytes, `${bench.folder}/large.mp4`);
    const sum = await sha256(file);
    const app = await startAppServer({}, { within: bench.folder, host });
    const received = path.join(bench.folder, 'received');
    await mkdir(received);
    const bare = await startProgram('bare-upload-server.mjs', [received]);
    const careful = await startProgram('bare-upload-server.mjs', [received, 'careful']);
    try {
      // The first request loads code that later ones find loaded.
      await toApp(curl, app, bench.shortClip, await sha256(bench.shortClip));
      const atRest = await residentBytes(app.pid);
      const { size: sizeBytes } = await stat(file);
      const result: Uploads = { sizeBytes, ours: [], theirs: [], careful: [], growthBytes: [] };
      for (let i = 0; i < bench.sizes.repeats; i += 1) {
        bench.log(`upload ${i + 1} of ${bench.sizes.repeats}`);
        const peak = watchMemory(app.pid);
        result.ours.push(await toApp(curl, app, file, sum));
        result.growthBytes.push((await peak()) - atRest);
        result.theirs.push(await toBare(curl, bare.origin, file, sum));
        result.careful.push(await toBare(curl, careful.origin, file, sum));
      }
      return result;
    } finally {
      await bare.stop();
      await careful.stop();
      await app.stop();
      await rm(file);
    }
  });
}

/** Flushes the page cache, so that a run does not have to write back the data of an earlier one. */
const settle = () => run(['sync']);

async function send(curl: string, url: string, file: string) {
  await settle();
  let answer = '';
  const form = ['-F', `file=@${file};filename=large.mp4`];
  const argv = [curl, '-sS', '--fail-with-body', '-H', 'Expect:', ...form, url];
  const taken = await seconds(async () => (answer = await run(argv)));
  return { taken, answer: JSON.parse(answer) };
}

async function toApp(
  curl: string,
  { origin, storage }: { origin: string; storage: string },
  file: string,
  sum: string,
): Promise<number> {
  const { taken, answer } = await send(curl, `${origin}/api/videos`, file);
  const { links }: VideoView = answer;
  const [stored] = (await run(['find', path.join(storage, 'uploads'), '-type', 'f'])).split('\n');
  prove((await sha256(stored ?? '')) === sum, 'the app stored other bytes than were sent');
  const removed = await fetch(origin + links.self, { method: 'DELETE' });
  prove(removed.ok, `deleting the video answered ${removed.status}`);
  return taken;
}

async function toBare(curl: string, origin: string, file: string, sum: string): Promise<number> {
  const { taken, answer } = await send(curl, origin, file);
  prove((await sha256(answer.file)) === sum, 'the bare server stored other bytes than were sent');
  await rm(answer.file);
  return taken;
}

/** Starts to sample a process's memory; the returned function stops this and returns the maximum. */
function watchMemory(pid: number): () => Promise<number> {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await residentBytes(pid));
  };
  const timer = setInterval(() => void look(), sampleMilliseconds);
  return async () => {
    clearInterval(timer);
    await look();
    return most;
  };
}

async function residentBytes(pid: number): Promise<number> {
  if (process.platform !== 'linux')
    throw new Skip('the memory of a process is read from /proc, which only Linux has');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}
