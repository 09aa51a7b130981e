'use client';

import { useState } from 'react';
import type { PackageView } from '@/lib/packages/package-view';
import type { Source } from './source';

interface NumberedSource extends Source {
  /** Increases with every new start, so that each gets its own player. */
  attempt: number;
  /** The video's aspect ratio, for CSS. */
  shape: string;
}

/**
 * The addresses that playback starts with, as soon as there are any. They stay the same when a later version
 * is published, so that viewers are not interrupted; starting over uses the newest version.
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
  const video = tracks.find(({ kind }) => kind === 'video');
  return video?.width && video.height ? `${video.width} / ${video.height}` : '16 / 9';
}
