import { probeSource } from '@/lib/ffmpeg/probe-source';
import type { Track } from '@/lib/media/track';
import type { VideoView } from '@/lib/videos/video-view';
import { startAppServer } from '@/tests/harness/app-server';
import { host } from '../bench-context';
import { makeLibrary } from '../libraries';
import { medianRatio, percentile } from '../median';
import { prove } from '../proofs/prove';
import { toolRunner } from '../tool-runner';
import type { Measure } from './measure';

const pageLength = 50;

export const videoList: Measure = {
  number: 7,
  title: 'GET /api/videos, p95, with 100,000 videos',
  against: 'with 100',
  async run(bench) {
    const { few, many } = bench.sizes.videos;
    const probe = await probeSource(toolRunner, bench.clip);
    const large = await makeLibrary(bench.folder, many, probe, tracks);
    const small = await makeLibrary(bench.folder, few, probe, tracks);
    const servers = [
      await startAppServer({}, { storage: large.storage, host }),
      await startAppServer({}, { storage: small.storage, host }),
    ] as const;
    try {
      const [ours, theirs]: [number[], number[]] = [[], []];
      await p95(servers[0].origin, many, 30);
      await p95(servers[1].origin, few, 30);
      for (let i = 0; i < bench.sizes.repeats; i += 1) {
        ours.push(await p95(servers[0].origin, many, bench.sizes.listRequests));
        theirs.push(await p95(servers[1].origin, few, bench.sizes.listRequests));
      }
      const figures = [{ name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atMost: 1.5 } }];
      const proofs = [`every answer had the newest ${pageLength}, in order, each with its package`];
      return { ours, theirs, unit: 'ms', figures, proofs, notes: [`query plan: ${large.plan.join('; ')}`] };
    } finally {
      for (const server of servers) await server.stop();
    }
  },
};

/** The 95th percentile of the response times, in milliseconds. */
async function p95(origin: string, newest: number, requests: number): Promise<number> {
  const expected = Array.from({ length: pageLength }, (_, i) => newest - i).join();
  const taken: number[] = [];
  for (let i = 0; i < requests; i += 1) {
    const startedAt = performance.now();
    const answer = await fetch(`${origin}/api/videos`);
    const text = await answer.text();
    taken.push(performance.now() - startedAt);
    const { items } = JSON.parse(text) as { items: VideoView[] };
    prove(items.map(({ id }) => id).join() === expected, 'the list does not hold the newest videos');
    prove(
      items.every(({ packages }) => packages.length === 1 && packages[0]?.status === 'ready'),
      'a video has no package',
    );
  }
  return percentile(taken, 0.95);
}

const sample = { language: 'und', label: null, role: null, channels: null, isCopied: false } as const;
const tracks: Track[] = [
  ...[1080, 720, 480, 360].map(
    (height): Track => ({
      ...sample,
      kind: 'video',
      file: `video-${height}p.mp4`,
      codec: 'avc1.640028',
      bitrateBps: height * 5000,
      width: (height * 16) / 9,
      height,
    }),
  ),
  {
    ...sample,
    kind: 'audio',
    file: 'audio-1.mp4',
    codec: 'mp4a.40.2',
    bitrateBps: 128_000,
    width: null,
    height: null,
    channels: 2,
  },
];
