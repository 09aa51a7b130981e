import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { finished as ended, type Readable, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import formidable, { errors as codes, type Fields, type File, multipart, type Part } from 'formidable';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { isDiskFull, orDiskFull } from '@/lib/storage/disk-full';
import type { Announced, Client, Reservation } from '@/lib/storage/disk-reservations';
import { randomName } from '@/lib/storage/keys';
import type { BlockWriter } from '@/lib/storage/write-behind';
import { boundPartHeaders, hasBoundary } from './bound-part-headers';
import { unreadBody } from './bridge';
import { clientOf } from './client';

/** A received file in a folder that only this request knows. */
export interface ReceivedFile {
  path: string;
  /** The client's own name: data, never a path. */
  name: string;
  sizeBytes: number;
  /** In hexadecimal, where it was computed during the upload. */
  sha256?: string;
}

export interface UploadLimits {
  maxBytes: number;
  /** Refuses a file by its name before its body is read, by throwing. */
  checkName(name: string): void;
  folder: string;
}

/** The other fields of the form; of several fields with one name, the first. */
export type UploadFields = Partial<Record<string, string>>;

const multipartOverheadBytes = 64 * 1024;

/**
 * Streams the multipart field `file` to disk, passes it to `use` with the other fields, and removes whatever
 * `use` did not move away.
 * @throws AppError `bad-multipart`, `body-cut-off`, `disk-full`, `encoding-not-supported`, `file-missing`,
 * `file-too-large`, `too-many-requests`
 */
export async function receiveUpload<Result>(
  { reservations, blocks, principal }: Pick<Acting, 'reservations' | 'blocks' | 'principal'>,
  request: Request,
  limits: UploadLimits,
  use: (file: ReceivedFile, fields: UploadFields) => Promise<Result>,
): Promise<Result> {
  checkHeaders(request, limits);
  const name = randomName();
  const space = await reservations.reserve(
    limits.folder,
    name,
    announced(request, limits, clientOf(principal)),
  );
  const folder = path.join(limits.folder, name);
  try {
    await mkdir(folder, { recursive: true });
    const { file, fields } = await parse(blocks, request, folder, limits, space);
    return await use(file, fields);
  } finally {
    space.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function checkHeaders(request: Request, limits: UploadLimits): void {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type) || request.body === null) {
    throw new AppError('file-missing', 'Send the file as multipart/form-data, in a field named "file".', {
      field: 'file',
    });
  }
  if (!hasBoundary(type))
    throw new AppError(
      'bad-multipart',
      'The Content-Type needs a boundary of 1 to 70 characters (RFC 2046).',
    );
  // formidable would decompress a gzip or br body without a limit.
  if (request.headers.has('content-encoding')) {
    throw new AppError('encoding-not-supported', 'Send the body without Content-Encoding.');
  }
  if (announcedBytes(request) > limits.maxBytes + multipartOverheadBytes) throw tooLarge(limits.maxBytes);
}

/** 0 when the body comes in chunks without an announced length. */
const announcedBytes = (request: Request) => Number(request.headers.get('content-length') ?? 0);

function announced(request: Request, { maxBytes }: UploadLimits, from: Client): Announced {
  const bytes = announcedBytes(request);
  const known = { bytes, from };
  return bytes > 0 ? known : { ...known, bytes: maxBytes + multipartOverheadBytes, isUnknown: true };
}

interface ReceivedForm {
  file: ReceivedFile;
  fields: UploadFields;
}

async function parse(
  blocks: BlockWriter,
  request: Request,
  folder: string,
  limits: UploadLimits,
  space: Reservation,
): Promise<ReceivedForm> {
  const body = unreadBody(request.body as ReadableStream<Uint8Array>);
  const written: Writable[] = [];
  const form = formidable({
    // The other plugins would hold the whole body in memory, and a word in the Content-Type starts them.
    enabledPlugins: [multipart, boundPartHeaders],
    uploadDir: folder,
    hashAlgorithm: 'sha256',
    fileWriteStreamHandler: (file) => {
      const stream = blocks.open((file as unknown as File).filepath);
      written.push(stream);
      return stream;
    },
    filename: () => randomName(),
    maxFiles: 1,
    // The use case chooses the error for an empty file.
    allowEmptyFiles: true,
    minFileSize: 0,
    maxFileSize: limits.maxBytes,
    maxTotalFileSize: limits.maxBytes,
    // Parts are counted by boundPartHeaders.
    maxFields: Number.POSITIVE_INFINITY,
    maxFieldsSize: multipartOverheadBytes,
  });
  let arrivedBytes = 0;
  form.on('progress', (bytes: number) => {
    space.arrived(bytes - arrivedBytes);
    arrivedBytes = bytes;
    // A chunked body may go on before its first part and after its last one.
    if (bytes > limits.maxBytes + multipartOverheadBytes) form.emit('error', tooLarge(limits.maxBytes));
  });
  space.full.addEventListener('abort', () => form.emit('error', space.full.reason));
  form.onPart = (part) => {
    if (part.originalFilename === null) return form._handlePart(part);
    try {
      if (part.name === 'file') limits.checkName(part.originalFilename);
    } catch (error) {
      form.emit('error', error);
      return;
    }
    return form._handlePart(asFile(part));
  };
  try {
    const incoming = Object.assign(body, { headers: Object.fromEntries(request.headers) });
    const parsed = form.parse(incoming as never); // it reads only the stream and its headers
    const [fields, files] = await Promise.race([parsed, whenBroken(body)]);
    // formidable takes a write that failed at the end for a success.
    for (const stream of written) await finished(stream);
    return { file: receivedFile(files.file?.[0]), fields: firstOfEach(fields) };
  } catch (error) {
    // formidable closes streams only after its own errors.
    for (const stream of written) stream.destroy();
    throw explain(error, limits);
  } finally {
    discardRest(body);
  }
}

/**
 * Rejects when the body ends early. It may do so before formidable listens, which would then wait forever.
 */
const whenBroken = (body: Readable) =>
  new Promise<never>((_, reject) => {
    ended(body, { writable: false }, (error) => error && reject(error));
  });

/**
 * Reads and drops the rest of a refused body: browsers read the answer only when they have sent everything.
 * Canceling the body instead makes undici close it twice, which throws where nothing can catch it.
 */
function discardRest(body: Readable): void {
  body
    .removeAllListeners('data')
    .on('error', () => {})
    .resume();
}

/**
 * Some clients (Python's requests) send a file without a Content-Type, which formidable takes for a text
 * field.
 */
function asFile(part: Part): Part {
  part.mimetype ??= 'application/octet-stream';
  return part;
}

function firstOfEach(fields: Fields): UploadFields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, values]) =>
      values?.[0] === undefined ? [] : [[name, values[0]]],
    ),
  );
}

function receivedFile(file: File | undefined): ReceivedFile {
  if (!file) throw new AppError('file-missing', 'There is no file in the field "file".', { field: 'file' });
  const { filepath, originalFilename, size, hash } = file;
  const received = { path: filepath, name: originalFilename ?? '', sizeBytes: size };
  return hash ? { ...received, sha256: hash } : received;
}

function explain(error: unknown, limits: UploadLimits): unknown {
  if (error instanceof AppError) return error;
  const { code } = error as { code?: number | string };
  if (code === codes.biggerThanMaxFileSize || code === codes.biggerThanTotalMaxFileSize)
    return tooLarge(limits.maxBytes);
  if (code === codes.maxFilesExceeded) {
    return new AppError('bad-multipart', 'Send one file for each request, in the field "file".', {
      field: 'file',
    });
  }
  if (isDiskFull(error)) return orDiskFull(error);
  if (typeof code === 'number' && code !== codes.aborted) {
    return new AppError('bad-multipart', 'The multipart body could not be read. It may have been cut off.', {
      cause: error,
    });
  }
  return new AppError('body-cut-off', 'The upload ended before the whole file had arrived.', {
    cause: error,
  });
}

/** The error for a file over the limit. */
export const tooLarge = (maxBytes: number) =>
  new AppError(
    'file-too-large',
    `The file is larger than ${maxBytes.toLocaleString('en')} bytes, the limit of this server.`,
    { field: 'file' },
  );
