/**
 * The origin of links in an answer: PUBLIC_URL where it is set, else how the client reached this server. The
 * guard has written it into these headers; what clients claimed in them is removed before (server/gate.ts).
 */
export function originOf(request: Request): string {
  const header = (name: string) => request.headers.get(name)?.split(',')[0]?.trim();
  const protocol = header('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const host = header('x-forwarded-host') ?? header('host') ?? 'localhost';
  return `${protocol}://${host}`;
}
