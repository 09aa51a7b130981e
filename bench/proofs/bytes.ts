import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { prove } from './prove';

/** SHA-256 of a file, in hexadecimal. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** Proves that a server sends a file, range by range, byte for byte. */
export async function proveRanges(url: string, file: string, pieceBytes: number): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    for (let start = 0; start < size; start += pieceBytes) {
      const end = Math.min(start + pieceBytes, size) - 1;
      const answer = await fetch(url, { headers: { Range: `bytes=${start}-${end}` } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const range = answer.headers.get('content-range');
      prove(answer.status === 206, `${url} answered ${answer.status}`);
      prove(range === `bytes ${start}-${end}/${size}`, `${url} answered the range ${range}`);
      const { buffer } = await handle.read(Buffer.alloc(end - start + 1), 0, end - start + 1, start);
      prove(bytes.equals(buffer), `${url} sent other bytes than the file has from ${start} to ${end}`);
    }
  } finally {
    await handle.close();
  }
}
