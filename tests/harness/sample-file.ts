import { Readable } from 'node:stream';
import type { StoredFile } from '@/lib/storage/artifact-store';

/** A file of the store that is held in memory. */
export function sampleFile(content: string, modifiedAt = new Date('2026-11-22T10:00:00.500Z')): StoredFile {
  const bytes = Buffer.from(content);
  return {
    key: 'packages/sample/v1/video.mp4',
    sizeBytes: bytes.length,
    modifiedAt,
    open: async () => ({
      readInto: async (memory, fromByte) => bytes.copy(memory, 0, fromByte),
      close: async () => {},
    }),
    read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
  };
}
