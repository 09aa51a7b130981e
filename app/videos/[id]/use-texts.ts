'use client';

import useSWR from 'swr';
import { getJson } from '@/app/_components/api-client';
import type { TextsView } from '@/lib/videos/text-view';

/** The current text tracks of a video, starting with those that the page was rendered with. */
export function useTexts(path: string, initial: TextsView) {
  const { data, mutate } = useSWR<TextsView>(path, getJson<TextsView>, { fallbackData: initial });
  return { texts: data ?? initial, refresh: async () => void (await mutate()) };
}
