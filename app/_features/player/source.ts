import type { Scheme } from '@/lib/media/scheme';
import type { Track } from '@/lib/media/track';

/** What to play, and the start time. */
export interface Source {
  manifest: string;
  license: string;
  startSeconds: number;
  scheme: Scheme;
  tracks: Track[];
}
