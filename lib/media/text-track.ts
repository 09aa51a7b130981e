import type { TextStream } from './source-probe';

/**
 * The purpose of a text track, as DASH roles name it: speech, or all that is heard, or only what is foreign
 * or written.
 */
export type TextRole = 'subtitle' | 'caption' | 'forced-subtitle';

/** A text track of a version: a WebVTT file beside the encrypted tracks. */
export interface TextTrack {
  /** The file in the version's folder, such as `text-en.vtt`. */
  file: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  /** The label that viewers see. */
  label: string;
  role: TextRole;
}

/** The file name of a text track that was uploaded for the video; `id` is that of its row. */
export const uploadedTextFile = (language: string, id: number) => `text-${language}-upload${id}.vtt`;

/** The id of the uploaded text track that a file was made from; null when it came with the source. */
export function uploadedTextId(file: string): number | null {
  const id = /-upload(\d+)\.vtt$/.exec(file)?.[1];
  return id === undefined ? null : Number(id);
}

/** A text track that is extracted from a stream of the source. */
export interface PlannedText extends TextTrack {
  stream: TextStream;
}

/** A text stream of the source that a package does not carry, with the reason in words for a person. */
export interface TextNotCarried {
  codec: string;
  language: string;
  reason: string;
}
