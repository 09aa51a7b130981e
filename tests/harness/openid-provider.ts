import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export const clientId = 'cenclave';
export const clientSecret = 'a secret of the client';

/** A person at the provider, with the claims of the ID token. */
export type Claims = Record<string, unknown> & { email: string };

/**
 * Starts an OpenID provider (node-oidc-provider, certified) at which nobody types a password: the next person
 * to sign in is `next`.
 */
export async function startOpenIdProvider(port: number, redirectUri: string) {
  const issuer = `http://localhost:${port}`;
  const people = new Map<string, Claims>();
  let next = '';
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'cenclave_role'] },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['for tests'] },
  });
  const answer = provider.callback();
  const server = createServer(async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: next } });
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params.client_id),
    });
    grant.addOIDCScope('openid email profile');
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    /** Whom the provider takes the next browser for. */
    is(sub: string, claims: Claims): void {
      people.set(sub, claims);
      next = sub;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A browser without pages: it keeps cookies by host, and follows redirects. */
export class Agent {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** The cookies for an address. */
  cookiesFor = (url: string): string =>
    [...(this.cookies.get(new URL(url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

  /** Follows redirects to the end; returns all addresses, and the last answer. */
  async follow(url: string): Promise<{ urls: string[]; answer: Response }> {
    const urls = [url];
    while (true) {
      const at = urls.at(-1) ?? '';
      const answer = await fetch(at, {
        redirect: 'manual',
        headers: { Cookie: this.cookiesFor(at), Accept: 'text/html' },
      });
      this.keep(at, answer);
      const location = answer.headers.get('location');
      if (location === null || urls.length > 20) return { urls, answer };
      urls.push(new URL(location, at).href);
    }
  }

  private keep(url: string, answer: Response): void {
    const { host } = new URL(url);
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
