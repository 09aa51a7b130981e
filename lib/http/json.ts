import { z } from 'zod';
import { AppError } from '@/lib/base/errors';
import { errorOfInput } from './field';

const maxBodyBytes = 64 * 1024;

/** Answers a JSON body. No answer of the API may be cached: what it describes changes. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}

/**
 * The media types of a JSON body. A form on another site cannot send them: browsers ask this server first
 * (CORS).
 */
const jsonTypes: readonly string[] = ['application/json'];

/**
 * Reads a small JSON body and checks it; no body is the same as `{}`.
 * @param types the accepted media types; an empty one stands for a body without Content-Type
 * @throws AppError `body-too-large`, `media-type-wrong`, `bad-json` (naming the field when one is wrong),
 * `body-cut-off`
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  types = jsonTypes,
): Promise<z.output<Schema>> {
  const text = await readText(request);
  if (text !== '') checkType(request, types);
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad-json', 'The body is not JSON.', { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = schema instanceof z.ZodObject ? errorOfInput(schema, value, result.error) : null;
  if (known) throw known;
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new AppError(
    'bad-json',
    `${field || 'The body'}: ${issue?.message ?? 'invalid'}`,
    field ? { field } : {},
  );
}

function checkType({ headers }: Request, types: readonly string[]): void {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
  if (types.includes(type.trim().toLowerCase())) return;
  throw new AppError('media-type-wrong', 'Send the body as JSON, with Content-Type: application/json.');
}

/** Reads at most 64 KiB of text, so that a large body is refused before it is held in memory. */
async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBodyBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppError('body-cut-off', 'The request ended before its body was complete.', { cause });
  }
  if (sizeBytes > maxBodyBytes) throw new AppError('body-too-large', 'The JSON body is over 64 KiB.');
  return Buffer.concat(chunks).toString('utf8');
}
