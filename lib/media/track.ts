/** One CMAF track of a published version: a video rendition, an audio language or a text language. */
export interface Track {
  kind: 'video' | 'audio' | 'text';
  /** The file in the version's folder. */
  file: string;
  /** RFC 6381, such as `avc1.64001f`. */
  codec: string;
  bitrateBps: number;
  /** BCP-47; `und` when unknown. */
  language: string;
  label: string | null;
  /** Its purpose, as DASH roles name it, such as `main`, `commentary` or `caption`; null for video. */
  role: string | null;
  width: number | null;
  height: number | null;
  channels: number | null;
  /** Whether it is a bit-exact copy of the source's stream; otherwise it is encoded. */
  isCopied: boolean;
}

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
  tracks: Track[];
  sizeBytes: number;
  durationSeconds: number;
  /** The parts of the source that are not in it, in words for a person. */
  notCarried: string[];
}
