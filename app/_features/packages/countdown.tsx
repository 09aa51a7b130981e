'use client';

import { useSyncExternalStore } from 'react';
import { formatUntil } from '@/app/_lib/format';

function everySecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, 1000);
  return () => clearInterval(timer);
}

/** Counts down to a moment. Only the browser renders it: text from the server would be outdated at once. */
export function Countdown({ iso }: { iso: string }) {
  const text = useSyncExternalStore(
    everySecond,
    () => formatUntil((Date.parse(iso) - Date.now()) / 1000),
    () => 'soon',
  );
  return <time dateTime={iso}>{text}</time>;
}
