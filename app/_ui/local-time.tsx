'use client';

import { useSyncExternalStore } from 'react';

const neverChanges = () => () => {};

/**
 * A moment in the reader's own time zone and locale, which only the browser knows; the server renders the
 * date only.
 */
export function LocalTime({ iso }: { iso: string }) {
  const text = useSyncExternalStore(
    neverChanges,
    () =>
      new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    () => iso.slice(0, 10),
  );
  return <time dateTime={iso}>{text}</time>;
}
