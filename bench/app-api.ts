import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContentKey } from '@/lib/media/content-key';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';

/** Polling slows down the measured work: the longer it has run, the less often. */
const leastPollMilliseconds = 50;
const pollShare = 1 / 200;

/** Uploads a file with the resource API. */
export async function uploadFile(origin: string, file: string): Promise<VideoView> {
  const form = new FormData();
  form.append('file', await openAsBlob(file), 'clip.mp4');
  return answerOf(await fetch(`${origin}/api/videos`, { method: 'POST', body: form }));
}

export async function post<Answer>(url: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  return answerOf(await fetch(url, { method: 'POST', headers, body: '{}' }));
}

/** Waits until a package is ready, and reports every view on the way to `onView`; throws when it fails. */
export async function untilReady(
  origin: string,
  requested: PackageView,
  onView: (view: PackageView) => void = () => {},
): Promise<PackageView> {
  let view = requested;
  const startedAt = performance.now();
  while (view.status === 'queued' || view.status === 'processing') {
    await sleep(Math.max(leastPollMilliseconds, (performance.now() - startedAt) * pollShare));
    view = await answerOf(await fetch(origin + view.links.self));
    onView(view);
  }
  if (view.status !== 'ready' || view.error)
    throw new Error(`Package ended ${view.status}: ${view.error?.message}`);
  return view;
}

/** The current key of all tracks of a package. */
export async function keyOf(origin: string, { kids, links }: PackageView): Promise<ContentKey> {
  const { keys } = await answerOf<{ keys: ContentKey[] }>(await fetch(origin + links.keys));
  const key = keys.find(({ kidHex }) => kids.includes(kidHex));
  if (!key) throw new Error('The package has no key.');
  return key;
}

async function answerOf<Answer>(answer: Response): Promise<Answer> {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
