'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { sendFile } from './send-file';
import { UploadQueue, type UploadsState } from './upload-queue';

/** One queue for the whole tab, so that uploads continue when the user leaves the page that started them. */
export const uploadQueue = new UploadQueue({
  sendFile,
  requestPackage: (videoId, request) =>
    callApi('POST', '/api/videos/{id}/packages', { params: { id: videoId }, body: request }),
  nowMs: () => performance.now(),
});

const nothing: UploadsState = { uploads: [], arrivals: 0 };

export function useUploads(): UploadsState {
  return useSyncExternalStore(uploadQueue.subscribe, uploadQueue.snapshot, () => nothing);
}

/** Makes the browser ask before it leaves the site, because leaving stops the uploads. */
export function useUnloadWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
