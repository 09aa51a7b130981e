'use client';

import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { postJson } from '../api-client';
import type { PackageRequest } from '../package-form';
import { useAttempt } from '../use-attempt';

/** Requests another package of a video, and reports whether that is running or failed. */
export function useRequestPackage(video: VideoView, onRequested: () => Promise<void>) {
  const { attempt, isBusy, failure } = useAttempt();
  const send = (request: PackageRequest) =>
    attempt(async () => {
      await postJson<PackageView>(video.links.packages, request);
      await onRequested();
    });
  return { send, isSending: isBusy, failure };
}
