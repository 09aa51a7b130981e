import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Role } from '@/lib/accounts/permission';
import { postJson } from './api';
import { type AppServer, startAppServer } from './app-server';
import { makeFolder } from './make-folder';

/** Headers by which somebody is known to a server. */
export type Credentials = Record<string, string>;

export interface ProtectedServer extends AppServer {
  /** The administrator. */
  root: Credentials;
}

const rootEmail = 'root@example.org';
export const goodPassword = 'correct horse battery staple';

/** Starts a protected server with an administrator, who is signed in. */
export async function startProtectedServer(
  settings: Record<string, string> = {},
  place: Parameters<typeof startAppServer>[1] = {},
): Promise<ProtectedServer> {
  const file = path.join(makeFolder(), 'password');
  writeFileSync(file, `${goodPassword}\n`);
  const administrator = { ADMIN_EMAIL: rootEmail, ADMIN_PASSWORD_FILE: file };
  const server = await startAppServer({ ACCESS: 'protected', ...administrator, ...settings }, place);
  return { ...server, root: await signIn(server, rootEmail) };
}

/** Signs in with the password that everybody has here. */
export async function signIn(
  { origin }: Pick<AppServer, 'origin'>,
  email: string,
  password = goodPassword,
): Promise<Credentials> {
  const answer = await postJson(`${origin}/api/session`, { email, password });
  if (answer.status !== 204) throw new Error(`Sign-in answered ${answer.status}: ${await answer.text()}`);
  return { Cookie: cookiesOf(answer) };
}

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');

/** Invites somebody, who accepts and is signed in. */
export async function newUser(server: ProtectedServer, name: string, role: Role): Promise<Credentials> {
  const email = `${name}@example.org`;
  const made = await postJson(`${server.origin}/api/users`, { name, email, role }, server.root);
  const { invitation } = await made.json();
  const secret = new URL(invitation.url).hash.slice(1);
  const answer = await postJson(`${server.origin}/api/invitation`, { secret, password: goodPassword });
  if (answer.status !== 204) throw new Error(`The invitation answered ${answer.status}`);
  return { Cookie: cookiesOf(answer) };
}

/** An API token of somebody who is signed in. */
export async function newToken(
  { origin }: Pick<AppServer, 'origin'>,
  owner: Credentials,
  scopes: readonly string[],
  more: object = {},
): Promise<Credentials> {
  const answer = await postJson(`${origin}/api/tokens`, { name: 'test', scopes, ...more }, owner);
  return { Authorization: `Bearer ${(await answer.json()).token}` };
}

/** The cookie of a browser that has opened a new share link of a package. */
export async function newShare(
  { origin }: Pick<AppServer, 'origin'>,
  owner: Credentials,
  packageId: number,
  options: object = {},
): Promise<Credentials & { url: string; id: string }> {
  const made = await (await postJson(`${origin}/api/packages/${packageId}/shares`, options, owner)).json();
  const secret = made.url.split('/').at(-1);
  const opened = await postJson(`${origin}/api/shares/open`, { secret });
  return { Cookie: cookiesOf(opened), url: made.url, id: String(made.id) };
}
