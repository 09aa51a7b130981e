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
 * The store of uploads, versions and posters. A key is a path of plain names (`uploads/x.mp4`,
 * `packages/<mediaId>/v1/manifest.mpd`). The local disk implements it; an object store can implement the same
 * port.
 */
export interface Store {
  /** Moves a finished local file into the store; it is durable when this returns. */
  putFile(localFile: string, key: string): Promise<void>;
  /**
   * Moves a finished local folder into the store: readers see all of it or nothing. Replaces an existing
   * folder.
   */
  putFolder(localFolder: string, key: string): Promise<void>;
  /** The file at a key, or null. */
  open(key: string): Promise<StoredFile | null>;
  /** A local path with the file's content, for tools that read files; null when there is none. */
  localFile(key: string): Promise<string | null>;
  /** The entries of a folder; empty when it does not exist. */
  list(key: string): Promise<StoredEntry[]>;
  /** When the file or folder at a key was stored; null when it does not exist. */
  storedAt(key: string): Promise<Date | null>;
  /** Removes a file or a whole folder. A missing one is no error. */
  remove(key: string): Promise<void>;
}
