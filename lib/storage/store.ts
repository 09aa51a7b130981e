import type { Readable } from 'node:stream';

/** A file in the store. */
export interface StoredFile {
  /** Where it is in the store. */
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
  /** Bytes from `start` to `end`, both included. */
  read(start: number, end: number): Readable;
  /** Opens it for reading into memory of the caller's own. */
  open(): Promise<OpenFile>;
}

/** A file of the store that is open until it is closed. */
export interface OpenFile {
  /** Fills the memory with what stands at a place. @returns how many bytes there were; 0 at the file's end */
  readInto(memory: Buffer, fromByte: number): Promise<number>;
  close(): Promise<void>;
}

/** A file or a folder in a folder of the store. */
export interface StoredEntry {
  name: string;
  isFolder: boolean;
  /** When it was put there. */
  storedAt: Date;
}

/**
 * Where uploads, versions and pictures are kept. A key is a path of plain names (`uploads/x.mp4`,
 * `packages/<mediaId>/v1/manifest.mpd`). Local disk now; an object store can stand behind the same port.
 */
export interface Store {
  /** Moves a finished local file into the store; it is durable when this returns. */
  putFile(localFile: string, key: string): Promise<void>;
  /** Moves a finished local folder into the store: readers see all of it or nothing. Replaces what stands there. */
  putFolder(localFolder: string, key: string): Promise<void>;
  /** The file at a key, or null. */
  open(key: string): Promise<StoredFile | null>;
  /** A local path with the file's content, for tools that read files; null when there is none. */
  localFile(key: string): Promise<string | null>;
  /** What stands in a folder, by name; nothing when there is no such folder. */
  list(key: string): Promise<StoredEntry[]>;
  /** When the file or folder at a key was put there; null when there is none. */
  storedAt(key: string): Promise<Date | null>;
  /** Removes a file or a whole folder. Nothing there is no error. */
  remove(key: string): Promise<void>;
}
