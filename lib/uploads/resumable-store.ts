import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';

/** An unfinished upload is kept this long after its last byte. */
export const uploadLifeMs = 24 * 60 * 60 * 1000;

/** The size of an upload that became a video; undefined when there is none. */
export type FindFinished = (id: string) => Promise<{ sizeBytes: number } | undefined>;

/**
 * Unfinished uploads, each a file with its metadata beside it (`<id>` and `<id>.json`). An upload that became
 * a video still shows as complete, so that a client that missed the answer does not send it again.
 */
export class ResumableStore extends FileStore {
  constructor(
    folder: string,
    private readonly findFinished: FindFinished,
  ) {
    super({ directory: folder, expirationPeriodInMilliseconds: uploadLifeMs });
    // Without `creation-defer-length`: whether a file is allowed and fits is decided when it is announced.
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];
  }

  /** Counts the life of an upload from its last byte, not from its creation: a slow line may take days. */
  override async getUpload(id: string): Promise<Upload> {
    try {
      const upload = await super.getUpload(id);
      upload.creation_date = (await stat(this.fileOf(id))).mtime.toISOString();
      return upload;
    } catch (error) {
      const finished = await this.findFinished(id);
      if (!finished) throw error;
      return new Upload({ id, size: finished.sizeBytes, offset: finished.sizeBytes });
    }
  }

  /** As in the library, but it reports the cause of an error, such as a full disk. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const upload = await this.getUpload(id);
    // Nothing is written to a complete upload: its file may be becoming a video, or be one.
    if (offset === upload.size) return offset;
    const file = createWriteStream(this.fileOf(id), { flags: 'r+', start: offset });
    await pipeline(bytes, file);
    return offset + file.bytesWritten;
  }

  fileOf(id: string): string {
    return path.join(this.directory, id);
  }
}
