import type { FileHandle } from 'node:fs/promises';
import { withFile } from '../mp4-files/file-boxes';

/** The size and duration that the header of an ASF file (WMV, WMA) states for the whole file. */
export interface AsfFileProperties {
  sizeBytes: number;
  durationSeconds: number;
}

const headerObject = '3026b2758e66cf11a6d900aa0062ce6c';
const filePropertiesObject = 'a1dcab8c47a9cf118ee400c00c205365';
const headBytes = 24;
const broadcast = 1;

/**
 * The File Properties Object of an ASF file ("Advanced Systems Format (ASF) Specification", 3.1 and 3.2);
 * null where there is none, or where it says that the file was not finished.
 */
export async function asfFileProperties(file: FileHandle): Promise<AsfFileProperties | null> {
  const buffer = Buffer.alloc(64 * 1024);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  const bytes = buffer.subarray(0, bytesRead);
  if (bytes.toString('hex', 0, 16) !== headerObject) return null;
  for (let at = 30; at + headBytes <= bytes.length; ) {
    const sizeBytes = Number(bytes.readBigUInt64LE(at + 16));
    const isFound = bytes.toString('hex', at, at + 16) === filePropertiesObject;
    if (isFound) return properties(bytes.subarray(at + headBytes, at + sizeBytes));
    if (sizeBytes < headBytes) return null;
    at += sizeBytes;
  }
  return null;
}

/**
 * The duration that the header of an ASF file states; null where asfFileProperties returns null. FFmpeg does
 * not report it for a file that is cut off.
 */
export const asfDuration = (path: string): Promise<number | null> =>
  withFile(path, async (file) => (await asfFileProperties(file))?.durationSeconds ?? null);

function properties(payload: Buffer): AsfFileProperties | null {
  if (payload.length < 68 || (payload.readUInt32LE(64) & broadcast) !== 0) return null;
  // The play duration is in units of 100 ns and includes the preroll, which is in milliseconds.
  const played = Number(payload.readBigUInt64LE(40)) / 1e7;
  const preroll = Number(payload.readBigUInt64LE(56)) / 1e3;
  return { sizeBytes: Number(payload.readBigUInt64LE(16)), durationSeconds: Math.max(0, played - preroll) };
}
