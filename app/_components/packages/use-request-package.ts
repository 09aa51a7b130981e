'use client';

import { useState } from 'react';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { postJson, sentenceOf } from '../api-client';
import type { PackageRequest } from '../hex-key';

/** Asks for another package of a video and tells of what comes of it. */
export function useRequestPackage(video: VideoView, onRequested: () => Promise<void>) {
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const send = async (request: PackageRequest) => {
    setSending(true);
    setFailure(null);
    try {
      await postJson<PackageView>(video.links.packages, request);
      await onRequested();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setSending(false);
    }
  };

  return { send, isSending, failure };
}
