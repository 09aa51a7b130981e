import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';

/** Uploads a file by the resource API. */
export async function uploadFile(
  origin: string,
  file: string,
  name = path.basename(file),
  headers: Record<string, string> = {},
): Promise<VideoView> {
  const form = new FormData();
  form.append('file', await openAsBlob(file), name);
  const answer = await fetch(`${origin}/api/videos`, { method: 'POST', body: form, headers });
  if (answer.status !== 201) throw new Error(`Upload answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Requests a package and waits until it is ready; throws when it fails. */
export async function packageUntilReady(
  origin: string,
  videoId: number,
  options: object = {},
  headers: Record<string, string> = {},
): Promise<PackageView> {
  const answer = await postJson(`${origin}/api/videos/${videoId}/packages`, options, headers);
  return untilReady(origin, await answer.json(), headers);
}

/** Waits until a package is ready; throws when it fails. */
export async function untilReady(
  origin: string,
  requested: PackageView,
  headers: Record<string, string> = {},
): Promise<PackageView> {
  let view = requested;
  while (view.status === 'queued' || view.status === 'processing') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    view = await (await fetch(origin + view.links.self, { headers })).json();
  }
  if (view.status !== 'ready') throw new Error(`Package ended ${view.status}: ${view.error?.message}`);
  return view;
}
