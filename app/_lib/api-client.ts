import type { z } from 'zod';
import type { routes } from '@/app/api/openapi.json/routes';
import type { Route } from '@/lib/http/route';

/** A refusal or failure of the server, with the server's sentence for people. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** The HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly field: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The sentence for people that describes whatever was thrown. */
export function errorMessageOf(error: unknown): string {
  return error instanceof ApiError
    ? error.message
    : 'Something went wrong in this page. Reload it and try again.';
}

/** Runs an action, and returns the sentence that describes why it failed; null when it worked. */
export async function failureOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return errorMessageOf(error);
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

function unreachable(): ApiError {
  return new ApiError('The server can’t be reached. Check that it is running and that you are connected.', 0);
}

/** Reads problem+json (RFC 9457); a proxy in between may send something else. */
export function errorFromAnswer(status: number, body: string): ApiError {
  const fallback = `The server answered with an error (${status}).`;
  try {
    const { code, detail, field } = JSON.parse(body) as Record<string, unknown>; // each property is checked below
    if (code === 'sign-in-required')
      return new ApiError('You are not signed in any more. Reload the page to sign in again.', status);
    return new ApiError(
      typeof detail === 'string' && detail !== '' ? detail : fallback,
      status,
      typeof field === 'string' ? field : null,
    );
  } catch {
    return new ApiError(fallback, status);
  }
}

type Routes = typeof routes;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route declares. */
type Declared<Name extends Method, Path extends keyof Routes> = Name extends keyof Routes[Path]
  ? Routes[Path][Name] extends Route<infer Declaration>
    ? Declaration
    : never
  : never;

/** What it takes: values for its address, its query, and a body. */
type Given<Declaration> = (Declaration extends { params: z.ZodType<unknown, infer Params> }
  ? { params: { [Name in keyof Params]: string | number } }
  : { params?: never }) &
  (Declaration extends { query: z.ZodType<unknown, infer Query> } ? { query?: Query } : { query?: never }) &
  (Declaration extends { body: z.ZodType<unknown, infer Body> } ? { body: Body } : { body?: never }) &
  (Declaration extends { form: unknown } ? { form: FormData } : { form?: never });

type SuccessOf<Answers> = Answers extends
  | { 200: infer Answer }
  | { 201: infer Answer }
  | { 202: infer Answer }
  ? Answer
  : null;
type View<Declaration> = Declaration extends { answers: infer Answers }
  ? SuccessOf<Answers> extends z.ZodType<infer Body>
    ? Body
    : undefined
  : never;

/**
 * Calls a route of the server. Its types are those of the route's declaration; the answer is not checked, as
 * page and server come from the same build.
 * @throws ApiError
 */
export async function callApi<Name extends Method, Path extends keyof Routes>(
  method: Name,
  path: Path,
  given: Given<Declared<Name, Path>>,
): Promise<View<Declared<Name, Path>>> {
  const { params = {}, query = {}, body, form }: AnyGiven = given;
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  const response = await send(search === '' ? address : `${address}?${search}`, {
    method,
    ...(form ? { body: form } : {}),
    ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const view = response.status === 204 ? undefined : await response.json();
  return view as View<Declared<Name, Path>>; // by the route's declaration
}

interface AnyGiven {
  params?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
  form?: FormData;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { cache: 'no-store', ...init });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw errorFromAnswer(response.status, await response.text());
  return response;
}
