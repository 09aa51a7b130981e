import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareArgs } from '@/lib/ffmpeg/args/prepare-args';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { generateKey } from '@/lib/keys/generate-key';
import type { PackagePlan, TrackSet } from '@/lib/media/package-plan';
import { sourceFile } from '@/lib/media/source-file';
import { noFacts } from '@/lib/media/source-survey';
import { keyFlags, packageArgs } from '@/lib/packager/packager-args';
import { packagerPath } from '@/lib/packager/run-packager';
import type { PackageView } from '@/lib/packages/package-view';
import { loadLadder } from '@/lib/packaging/plan/load-ladder';
import { plannedTracks } from '@/lib/packaging/plan/packager-tracks';
import { planPackage } from '@/lib/packaging/plan/plan-package';
import { surveyStreams } from '@/lib/packaging/steps/survey-streams';
import { type AppServer, startAppServer } from '@/tests/harness/app-server';
import { post, untilReady, uploadFile } from './app-api';
import type { Bench } from './bench-context';
import { host } from './bench-context';
import { run, seconds } from './run';
import { toolRunner } from './tool-runner';

/**
 * The packaging of one upload, in seconds from the end of the upload, and the same work by the bare tools.
 */
export interface PackagingRun {
  view: PackageView;
  playable: number;
  ready: number;
  /** The part of `ready` that was spent on encoding the ladder. */
  encoding: number;
  rawPlayable: number;
  rawReady: number;
}

/** The packaging server, and one run per repeat. */
export function packagings(bench: Bench): Promise<{ server: AppServer; runs: PackagingRun[] }> {
  return bench.shared('packagings', async () => {
    const server = await packagingServer(bench);
    const plan = await planOf(bench);
    const runs: PackagingRun[] = [];
    for (let i = 0; i < bench.sizes.repeats; i += 1) {
      bench.log(`packaging ${i + 1} of ${bench.sizes.repeats}`);
      const ours = await packageOnce(server, bench.clip);
      bench.log('the same by FFmpeg and Shaka Packager alone');
      runs.push({ ...ours, ...(await rawOnce(bench, plan)) });
    }
    return { server, runs };
  });
}

/** A server that runs two jobs at once, with the bench's ladder. */
export function packagingServer(bench: Bench): Promise<AppServer> {
  return bench.shared('packaging-server', async () => {
    const server = await startAppServer(
      { LADDER_FILE: bench.ladderFile, JOB_CONCURRENCY: '2' },
      { within: bench.folder, host },
    );
    bench.atEnd(server.stop);
    return server;
  });
}

/** A finished package on the packaging server, with the folder of its version. */
export async function finishedPackage(bench: Bench) {
  const { server, runs } = await packagings(bench);
  const view = runs.at(-1)?.view;
  if (!view) throw new Error('Nothing was packaged.');
  const now: PackageView = await (await fetch(server.origin + view.links.self)).json();
  return { server, view: now, folder: versionFolderOf(server, now) };
}

/** The folder of a version, whose name ends with the attempt that made it. */
export function versionFolderOf(
  server: AppServer,
  { mediaId, version }: PackageView,
  number = version,
): string {
  const ofPackage = path.join(server.storage, 'packages', mediaId);
  const name = readdirSync(ofPackage).find((folder) => folder.startsWith(`v${number}-`));
  if (!name) throw new Error(`Version ${number} has no folder.`);
  return path.join(ofPackage, name);
}

async function packageOnce(server: AppServer, clip: string) {
  const video = await uploadFile(server.origin, clip);
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  let [playable, ready, encoding, encodingFrom] = [0, 0, 0, 0];
  const requested = await post<PackageView>(`${server.origin}${video.links.packages}`);
  const view = await untilReady(server.origin, requested, (seen) => {
    if (seen.playable && !playable) playable = since();
    if (seen.stage === 'encode') encodingFrom ||= since();
    else if (encodingFrom && !encoding) encoding = since() - encodingFrom;
    if (seen.status === 'ready') ready = since();
  });
  return { view, playable, ready, encoding };
}

/** The app's plan for the clip. */
async function planOf({ clip, ladderFile }: Bench): Promise<PackagePlan> {
  const probe = await probeSource(toolRunner, clip);
  const survey = await surveyStreams(toolRunner, sourceFile(clip, probe), probe);
  return planPackage(probe, { ...noFacts, survey }, loadLadder(ladderFile));
}

async function rawOnce(bench: Bench, plan: PackagePlan) {
  const [fast, ladder] = plan.versions;
  if (!fast || !ladder) throw new Error('The clip should be copied first, then encoded.');
  const folder = await mkdtemp(`${bench.folder}/raw-`);
  const args = prepareArgs(sourceFile(bench.clip), { ...ladder.publish, storyboard: null }, plan);
  const rawReady = await seconds(() => run(['ffmpeg', '-v', 'error', '-nostdin', ...args], folder));
  await rm(folder, { recursive: true });
  await sleep(200);
  const rawPlayable = await rawPackager(bench, plan, fast.publish);
  return { rawReady, rawPlayable };
}

/**
 * Shaka Packager reads the clip itself, through links with the names of the app's tracks, so that the
 * arguments are the same.
 */
async function rawPackager(bench: Bench, plan: PackagePlan, publish: TrackSet) {
  const folder = await mkdtemp(`${bench.folder}/raw-`);
  const tracks = plannedTracks(publish, 'one');
  for (const { name } of tracks) await symlink(bench.clip, path.join(folder, `${name}.mp4`));
  await mkdir(path.join(folder, 'out'));
  await writeFile(path.join(folder, 'keys'), keyFlags([{ label: 'all', ...generateKey() }], 'encryption'));
  const { segmentSeconds } = plan;
  const request = { tracks, scheme: 'cenc' as const, signalling: [], segmentSeconds, output: 'out' };
  // Use the packager's default: the faster, smaller cache is this app's own optimization.
  const args = packageArgs(request, 'keys');
  args.splice(args.indexOf('--io_cache_size'), 2);
  const taken = await seconds(() => run([packagerPath(), ...args], folder));
  await rm(folder, { recursive: true });
  return taken;
}
