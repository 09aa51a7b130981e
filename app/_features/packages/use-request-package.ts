'use client';

import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import type { VideoView } from '@/lib/videos/video-view';
import type { PackageRequest } from './package-form';

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
