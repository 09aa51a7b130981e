'use client';

import { useSyncExternalStore } from 'react';
import { formatUntil } from './format';

function everySecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, 1000);
  return () => clearInterval(timer);
}

/** How long it is until a moment, counted down. Only the browser counts: the server's words would be late at once. */
export function Until({ iso }: { iso: string }) {
  const text = useSyncExternalStore(
    everySecond,
    () => formatUntil((Date.parse(iso) - Date.now()) / 1000),
    () => 'soon',
  );
  return <time dateTime={iso}>{text}</time>;
}
