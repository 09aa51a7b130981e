import { Server, type Upload } from '@tus/server';
import { type Acting, ownerIdOf } from '@/lib/access/principal';
import type { App } from '@/lib/app/app';
import { clientOf } from '@/lib/http/client';
import { uploadLimits } from '@/lib/http/upload-limits';
import type { VideoRecord } from '@/lib/ledger/records';
import { resumableFolder } from '@/lib/storage/folders';
import { randomName } from '@/lib/storage/keys';
import { findFinished, finishUpload } from './finish-upload';
import { ResumableStore } from './resumable-store';
import { uploadLocks } from './upload-locks';

/** A started upload keeps its reservation this long between two requests. */
export const pauseMs = 10 * 60 * 1000;

export interface TusServer {
  app: App;
  /** On whose behalf the current request works. */
  acting: () => Acting;
  tus: Server;
  store: ResumableStore;
  /** The cause of a refusal: the library itself passes on only a status and a text. */
  failures: WeakMap<Request, unknown>;
}

/**
 * The tus library, set up for uploads that become videos.
 * @param acting on whose behalf the current request works
 */
export function openTusServer(app: App, acting: () => Acting): TusServer {
  const folder = resumableFolder(app.settings.STORAGE_DIR);
  const store = new ResumableStore(folder, (id) => findFinished(app, id));
  const failures = new WeakMap<Request, unknown>();
  const finish = finishOnce();
  const { maxBytes, checkName } = uploadLimits(app);
  const tus = new Server({
    path: '/api/uploads',
    datastore: store,
    locker: uploadLocks(),
    maxSize: maxBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: () => randomName(),
    getFileIdFromRequest: (_, last = '') => (/^[0-9a-f]{32}$/.test(last) ? last : undefined),
    async onUploadCreate(_, upload) {
      checkName(upload.metadata?.filename ?? '');
      const announced = { bytes: upload.size ?? 0, from: clientOf(acting().principal) };
      const space = await app.reservations.reserve(folder, upload.id, announced);
      space.pause(pauseMs);
      return { metadata: { ...upload.metadata, owner: ownerIdOf(acting().principal) } };
    },
    async onUploadFinish(_, upload) {
      const video = await finish(acting(), upload);
      app.reservations.end(upload.id);
      return { headers: { 'Upload-Video': String(video.id) } };
    },
    onResponseError(request, error) {
      failures.set(request, error);
      return undefined;
    },
  });
  return { app, acting, tus, store, failures };
}

/** Concurrent requests that complete one upload wait for the same video. */
function finishOnce(): (acting: Acting, upload: Upload) => Promise<VideoRecord> {
  const running = new Map<string, Promise<VideoRecord>>();
  return (acting, upload) => {
    const found = running.get(upload.id);
    if (found) return found;
    const finishing = finishUpload(acting, upload).finally(() => running.delete(upload.id));
    running.set(upload.id, finishing);
    return finishing;
  };
}
