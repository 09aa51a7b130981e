import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/base/errors';

/** The error of a value that does not fit its field. */
export type FieldError = (value: unknown) => { code: ErrorCode; message: string };

const errors = new WeakMap<z.ZodType, FieldError>();

/** A field of a request with its own error: code and sentence. */
export function field<Schema extends z.ZodType>(schema: Schema, error: FieldError): Schema {
  errors.set(schema, error);
  return schema;
}

/** The same error for every wrong value. */
export const always =
  (code: ErrorCode, message: string): FieldError =>
  () => ({ code, message });

/** A rule between fields: the code of its error is kept beside its message. */
export const broken = (path: string, code: ErrorCode, message: string) => ({
  code: 'custom' as const,
  path: [path],
  params: { code },
  message,
});

/** The error for the first wrong field, by the field's own words; null where it has none. */
export function errorOfInput(schema: z.ZodObject, input: unknown, { issues }: z.ZodError): AppError | null {
  const [issue] = issues;
  const name = String(issue?.path[0] ?? '');
  if (issue?.code === 'custom' && typeof issue.params?.code === 'string')
    return new AppError(issue.params.code as ErrorCode, issue.message, { field: name }); // by `broken`
  const declared = schema.shape[name];
  const known = declared instanceof z.ZodType ? errors.get(declared) : undefined;
  if (!known) return null;
  const { code, message } = known((input as Record<string, unknown>)[name]);
  return new AppError(code, message, { field: name });
}

/**
 * Parses the parameters of an address.
 * @throws AppError that of the first wrong field
 */
export function readInput<Schema extends z.ZodObject>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw errorOfInput(schema, input, result.error) ?? new AppError('bad-query', 'The address is wrong.');
}
