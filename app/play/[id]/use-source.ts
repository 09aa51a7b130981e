'use client';

import { useState } from 'react';
import type { PackageView } from '@/lib/packages/package-view';
import type { Source } from './source';

interface NumberedSource extends Source {
  /** Rises with every new start, so that each gets a player of its own. */
  attempt: number;
  /** The picture's aspect ratio, for CSS. */
  shape: string;
}

/**
 * The addresses that playback starts with, from the moment on when there are any. They stay as they are when a later
 * version is published, so that nothing interrupts who is watching; starting over takes the newest.
 */
export function useSource(pkg: PackageView) {
  const [start, setStart] = useState({ attempt: 0, atSeconds: 0 });
  const [source, setSource] = useState<NumberedSource | null>(null);
  const { manifest, license } = pkg.links;
  if (manifest !== null && source?.attempt !== start.attempt) {
    setSource({
      manifest,
      license,
      scheme: pkg.scheme,
      tracks: pkg.tracks,
      startSeconds: start.atSeconds,
      attempt: start.attempt,
      shape: shapeOf(pkg),
    });
  }
  const startOver = (atSeconds: number) => setStart(({ attempt }) => ({ attempt: attempt + 1, atSeconds }));
  return { source, startOver };
}

function shapeOf({ tracks }: PackageView): string {
  const picture = tracks.find(({ kind }) => kind === 'video');
  return picture?.width && picture.height ? `${picture.width} / ${picture.height}` : '16 / 9';
}
