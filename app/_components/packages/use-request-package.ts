'use client';

import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { postJson } from '../api-client';
import type { PackageRequest } from '../hex-key';
import { useAttempt } from '../use-attempt';

/** Asks for another package of a video and tells of what comes of it. */
export function useRequestPackage(video: VideoView, onRequested: () => Promise<void>) {
  const { attempt, isBusy, failure } = useAttempt();
  const send = (request: PackageRequest) =>
    attempt(async () => {
      await postJson<PackageView>(video.links.packages, request);
      await onRequested();
    });
  return { send, isSending: isBusy, failure };
}
