import { z } from 'zod';

/** One CMAF track of a published version: a video rendition, an audio language or a text language. */
export const trackSchema = z.object({
  kind: z.enum(['video', 'audio', 'text']),
  file: z.string().describe("The file in the version's folder."),
  codec: z.string().describe('RFC 6381, such as avc1.64001f.'),
  bitrateBps: z.number(),
  language: z.string().describe('BCP-47; und when unknown.'),
  label: z.string().nullable(),
  role: z.string().nullable().describe('As DASH names roles: main, commentary, caption; null for video.'),
  width: z.number().nullable(),
  height: z.number().nullable(),
  channels: z.number().nullable(),
  isCopied: z.boolean().describe("Whether it is a bit-exact copy of the source's stream."),
});
export type Track = z.output<typeof trackSchema>;

/** The fields that tracks by older Cenclave versions lack. */
const absent = { label: null, role: null, width: null, height: null, channels: null, isCopied: false };

/** The tracks of a version, as the database keeps them. */
export const storedTracksSchema = z.array(
  z.preprocess((track) => (isObject(track) ? { ...absent, ...track } : track), trackSchema),
);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A finished, verified download of a package: the encrypted MP4. */
export interface PublishedDownload {
  /** A folder beside those of the versions, such as `download-2`. */
  folder: string;
  sizeBytes: number;
}

/** SHA-256 of published files, in hexadecimal. */
export interface Checksums {
  version: { number: number; files: Record<string, string> } | null;
  downloadSha256: string | null;
}

/** The content that one step publishes. */
export interface Publication {
  version?: PublishedVersion | undefined;
  download?: PublishedDownload | undefined;
  /** Set when the job publishes nothing more; an upload that was only for it can be removed then. */
  last?: { removes: string | null } | undefined;
}

/** A finished, verified version of a package, as it is published. */
export interface PublishedVersion {
  number: number;
  /** Its folder below its package's; it names the attempt that made it, so that no other writes there. */
  folder: string;
  tracks: Track[];
  sizeBytes: number;
  durationSeconds: number;
  /** The parts of the source that are not in it, in words for a person. */
  notCarried: string[];
}
