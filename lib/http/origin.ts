/** The address by which the client reached this server, such as `http://localhost:5000`; behind a proxy, the proxy's. */
export function originOf(request: Request): string {
  const header = (name: string) => request.headers.get(name)?.split(',')[0]?.trim();
  const protocol = header('x-forwarded-proto') ?? 'http';
  const host = header('x-forwarded-host') ?? header('host') ?? 'localhost';
  return `${protocol}://${host}`;
}
