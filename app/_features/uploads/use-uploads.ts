'use client';

import { useState, useSyncExternalStore } from 'react';
import { newDraft, requestOf } from '@/app/_features/packages/package-form';
import { callApi } from '@/app/_lib/api-client';
import { sendFile } from './send-file';
import type { UploadsState } from './upload';
import { UploadQueue } from './upload-queue';

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

/**
 * The package options for new videos, and the function that adds them. Nothing is added while the user's own
 * key is incomplete.
 */
export function useNewVideos() {
  const [draft, setDraft] = useState(newDraft);
  const [isOptionsOpen, setOptionsOpen] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const request = requestOf(draft);

  const add = (files: File[]) => {
    setRefused(request === null);
    if (request === null) setOptionsOpen(true);
    else uploadQueue.add(files, request);
  };

  const problem =
    isRefused && request === null
      ? 'Complete your key under Options first, then add the videos again.'
      : null;
  return { draft, setDraft, isOptionsOpen, setOptionsOpen, add, isRefused, problem };
}
