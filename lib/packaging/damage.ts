import type { SourceProbe } from '@/lib/media/source-probe';

/** Sentences for a person about video streams, by their index, that are damaged in places. */
export function damage({ videos }: SourceProbe, damaged: ReadonlySet<number>): string[] {
  return videos
    .filter(({ index }) => damaged.has(index))
    .map(
      ({ codec, codecLabel = codec }) =>
        `The video stream (${codecLabel}) is damaged in places: these may look wrong.`,
    );
}
