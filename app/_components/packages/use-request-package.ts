'use client';

import type { VideoView } from '@/lib/videos/video-view';
import { callApi } from '../api-client';
import type { PackageRequest } from '../package-form';
import { useAttempt } from '../use-attempt';

/** Requests another package of a video, and reports whether that is running or failed. */
export function useRequestPackage(video: VideoView, onRequested: () => Promise<void>) {
  const { attempt, isBusy, failure } = useAttempt();
  const send = (request: PackageRequest) =>
    attempt(async () => {
      await callApi('POST', '/api/videos/{id}/packages', { params: { id: video.id }, body: request });
      await onRequested();
    });
  return { send, isSending: isBusy, failure };
}
