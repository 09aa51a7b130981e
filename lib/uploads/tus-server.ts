import { Server, type Upload } from '@tus/server';
import type { VideoRow } from '@/db/queries/videos';
import type { Context } from '@/lib/context';
import { clientAddress } from '@/lib/http/node-exchange';
import { endReservation, reserveSpace } from '@/lib/storage/disk-reservations';
import { resumableFolder } from '@/lib/storage/folders';
import { randomName } from '@/lib/storage/keys';
import { uploadLimits } from '@/lib/videos/upload-video';
import { findFinished, finishUpload } from './finish-upload';
import { ResumableStore } from './resumable-store';
import { uploadLocks } from './upload-locks';

/** A started upload keeps its reservation this long between two requests. */
export const pauseMs = 10 * 60 * 1000;

export interface TusServer {
  tus: Server;
  store: ResumableStore;
  /** The cause of a refusal: the library itself passes on only a status and a text. */
  failures: WeakMap<Request, unknown>;
}

/** The tus library, set up for uploads that become videos. */
export function openTusServer(context: Context): TusServer {
  const folder = resumableFolder(context.settings.STORAGE_DIR);
  const store = new ResumableStore(folder, (id) => findFinished(context, id));
  const failures = new WeakMap<Request, unknown>();
  const finish = finishOnce(context);
  const { maxBytes, checkName } = uploadLimits(context);
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
      const announced = { bytes: upload.size ?? 0, from: clientAddress() };
      const space = await reserveSpace(folder, upload.id, announced);
      space.pause(pauseMs);
      return {};
    },
    async onUploadFinish(_, upload) {
      const video = await finish(upload);
      endReservation(upload.id);
      return { headers: { 'Upload-Video': String(video.id) } };
    },
    onResponseError(request, error) {
      failures.set(request, error);
      return undefined;
    },
  });
  return { tus, store, failures };
}

/** Concurrent requests that complete one upload wait for the same video. */
function finishOnce(context: Context): (upload: Upload) => Promise<VideoRow> {
  const running = new Map<string, Promise<VideoRow>>();
  return (upload) => {
    const found = running.get(upload.id);
    if (found) return found;
    const finishing = finishUpload(context, upload).finally(() => running.delete(upload.id));
    running.set(upload.id, finishing);
    return finishing;
  };
}
