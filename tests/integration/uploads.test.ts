import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { resumableFolder } from '@/lib/storage/folders';
import { answerUpload } from '@/lib/uploads/answer-upload';
import { explainTus } from '@/lib/uploads/explain-tus';
import { removeUpload } from '@/lib/uploads/remove-upload';
import { ResumableStore } from '@/lib/uploads/resumable-store';
import { openTusServer, type TusServer } from '@/lib/uploads/tus-server';
import { openPipeline } from '../harness/pipeline';
import { filesBelow } from '../harness/temp-folder';
import { largeVideo, named, tusBytes } from '../harness/tus';

const video = largeVideo(100_000);
const root = 'http://localhost/api/uploads';
const servers = new WeakMap<Acting, TusServer>();

/** The one tus server of a context. */
function tusServer(context: Acting): TusServer {
  const server = servers.get(context) ?? openTusServer(context, () => context);
  servers.set(context, server);
  return server;
}

/** Begins an upload as a client does, and returns its id. */
async function begin(context: Acting): Promise<string> {
  const headers = {
    'Tus-Resumable': '1.0.0',
    'Upload-Length': `${video.length}`,
    'Upload-Metadata': named('x.mp4'),
  };
  const request = { url: root, method: 'POST', headers: new Headers(headers), body: null };
  const answer = await answerUpload(tusServer(context), request);
  return path.basename(answer.headers.get('location') ?? '');
}

function sendAll(context: Acting, id: string): Promise<Response> {
  const headers = new Headers({ ...tusBytes, 'Upload-Offset': '0' });
  const body = Readable.from([video]);
  return answerUpload(tusServer(context), { url: `${root}/${id}`, method: 'PATCH', headers, body }, id);
}

const uploadsOf = (context: Acting) => resumableFolder(context.settings.STORAGE_DIR);
const filesOf = async (context: Acting) =>
  (await filesBelow(context.settings.STORAGE_DIR)).filter((file) => /^(incoming|uploads)/.test(file));

it('a disk that fills during an upload is reported as such', async () => {
  const context = await openPipeline();
  const id = await begin(context);
  const file = path.join(uploadsOf(context), id);
  rmSync(file);
  symlinkSync('/dev/full', file);
  const store = new ResumableStore(uploadsOf(context), async () => undefined);
  const error = await store.write(Readable.from([video]), id, 0).catch((thrown) => thrown);
  expect(explainTus(error, 1)).toMatchObject({ code: 'disk-full' });
});

it('an upload becomes a video, and nothing else is left of it', async () => {
  const context = await openPipeline();
  const id = await begin(context);
  const answer = await sendAll(context, id);
  expect([answer.status, answer.headers.get('upload-video')]).toEqual([204, '1']);
  expect(await filesOf(context)).toEqual([`uploads/${id}.mp4`]);
});

it('an upload that its client terminates while the server processes it becomes no video', async () => {
  const context = await openPipeline();
  const id = await begin(context);
  const { putFile } = context.store;
  const store: Acting['store'] = {
    ...context.store,
    async putFile(...given) {
      await removeUpload(uploadsOf(context), id);
      return putFile(...given);
    },
  };
  const answer = await sendAll({ ...context, store }, id);
  expect([answer.status, (await answer.json()).code]).toEqual([404, 'upload-not-found']);
  expect(await context.ledger.findVideo(1)).toBeUndefined();
  expect(await filesOf(context)).toEqual([]);
});
