import type { Readable } from 'node:stream';

/** A file in the store. */
export interface StoredFile {
  /** The key of the file in the store. */
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
  /** Bytes from `start` to `end`, both included. */
  read(start: number, end: number): Readable;
  /** Opens it for reading into the caller's own buffers. */
  open(): Promise<OpenFile>;
}

/** An open file of the store. */
export interface OpenFile {
  /** Fills the buffer from an offset. @returns the number of bytes read; 0 at the end of the file */
  readInto(memory: Buffer, fromByte: number): Promise<number>;
  close(): Promise<void>;
}

/** A file or a folder in a folder of the store. */
export interface StoredEntry {
  name: string;
  isFolder: boolean;
  /** When it was stored. */
  storedAt: Date;
}

/**
 * The artifact store port: uploads, versions, downloads, text tracks and posters. A key is a path of plain
 * names (`uploads/x.mp4`, `packages/<mediaId>/v1-job1-1/manifest.mpd`). What is stored is never changed, only
 * removed; readers find it by the ledger, which names a key only once everything below it is stored.
 * tests/contract has what every adapter does.
 */
export interface ArtifactStore {
  /** Stores a finished local file, durably; the local file may be gone then. */
  putFile(localFile: string, key: string): Promise<void>;
  /** Stores the files of a finished local folder below a key, durably; the folder may be gone then. */
  commit(localFolder: string, key: string): Promise<void>;
  /**
   * Puts a file, or the files of a folder, into an existing local folder, under the last name of its key, for
   * tools that read files. They may be shared with the store: never change them in place.
   * @returns the local path; null when there is nothing at the key
   */
  checkout(key: string, into: string): Promise<string | null>;
  /** The file at a key, or null. */
  open(key: string): Promise<StoredFile | null>;
  /** The files and folders directly below a key; empty when there are none. */
  list(key: string): Promise<StoredEntry[]>;
  /** When the file or folder at a key was stored; null when there is none. */
  storedAt(key: string): Promise<Date | null>;
  /** Removes a file, or everything below a key. It is no error when there is nothing. */
  remove(key: string): Promise<void>;
}
