const read = ['GET', 'HEAD'];
const readOptions = [...read, 'OPTIONS'];

/**
 * The route handlers (the files `route.ts` below `app`) and the methods of each; Next.js answers OPTIONS
 * itself.
 */
const handlers: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/(upload|upload_input_content|packaged_content)$/, ['POST', 'OPTIONS']],
  [/^\/api\/videos(\/[^/]+\/texts)?$/, [...readOptions, 'POST']],
  [/^\/api\/videos\/[^/]+$/, [...readOptions, 'DELETE']],
  [/^\/api\/videos\/[^/]+\/packages$/, ['POST', 'OPTIONS']],
  [/^\/api\/videos\/[^/]+\/texts\/[^/]+$/, ['DELETE', 'OPTIONS']],
  [/^\/api\/packages\/[^/]+$/, [...readOptions, 'PATCH', 'DELETE']],
  [/^\/api\/packages\/[^/]+\/(audio|cancel|license|rekey|retry)$/, ['POST', 'OPTIONS']],
  [/^\/api\/uploads$/, ['POST', 'OPTIONS']],
  [/^\/api\/uploads\/[^/]+$/, ['HEAD', 'PATCH', 'DELETE', 'OPTIONS']],
  [/^\/(allUploaded|allEncoded|packaged_content\/[^/]+|download\/[^/]+|media\/.*)$/, readOptions],
  [/^\/api\/(health|openapi\.json|packages|videos\/[^/]+\/poster|packages\/[^/]+\/keys)$/, readOptions],
];

/** Methods for API addresses that do not exist: each is answered with 404. */
const anyOfApi = [...readOptions, 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The methods that an address accepts (`Allow`, RFC 9110, 10.2.1). Everything but route handlers is a page or
 * a file.
 */
export function methodsOf(path: string): readonly string[] {
  const found = handlers.find(([pattern]) => pattern.test(path));
  if (found) return found[1];
  return path.startsWith('/api/') ? anyOfApi : read;
}

/** Whether a path leads to a route handler or a file, which answer without HTML. */
export function isRouteHandlerPath(path: string): boolean {
  return path.startsWith('/api/') || handlers.some(([pattern]) => pattern.test(path));
}
