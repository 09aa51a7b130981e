'use client';

import useSWR from 'swr';
import { callApi } from '@/app/_lib/api-client';
import type { TextsView } from '@/lib/videos/text-view';
import type { VideoView } from '@/lib/videos/video-view';

/** The current text tracks of a video, starting with those that the page was rendered with. */
export function useTexts(video: VideoView, initial: TextsView) {
  const get = () => callApi('GET', '/api/videos/{id}/texts', { params: { id: video.id } });
  const { data, mutate } = useSWR(video.links.texts, get, { fallbackData: initial });
  return { texts: data ?? initial, refresh: async () => void (await mutate()) };
}
