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
    const { detail, field } = JSON.parse(body) as Record<string, unknown>; // each property is checked below
    return new ApiError(
      typeof detail === 'string' && detail !== '' ? detail : fallback,
      status,
      typeof field === 'string' ? field : null,
    );
  } catch {
    return new ApiError(fallback, status);
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { cache: 'no-store', ...init });
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw errorFromAnswer(response.status, await response.text());
  return response;
}

async function sendJson(method: 'POST' | 'PATCH', path: string, body: unknown) {
  const headers = { 'Content-Type': 'application/json' };
  return (await send(path, { method, headers, body: JSON.stringify(body) })).json();
}

/**
 * Gets a view. The caller names its type, which is not checked: page and server come from the same build.
 * @throws ApiError
 */
export async function getJson<View>(path: string): Promise<View> {
  return (await send(path, {})).json();
}

/** @throws ApiError */
export async function postJson<View>(path: string, body: unknown): Promise<View> {
  return sendJson('POST', path, body);
}

/** @throws ApiError */
export async function patchJson<View>(path: string, body: unknown): Promise<View> {
  return sendJson('PATCH', path, body);
}

/** Sends a form as multipart/form-data. @throws ApiError */
export async function postForm<View>(path: string, form: FormData): Promise<View> {
  return (await send(path, { method: 'POST', body: form })).json();
}

/** @throws ApiError */
export async function deleteAt(path: string): Promise<void> {
  await send(path, { method: 'DELETE' });
}
