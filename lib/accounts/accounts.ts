import type { BetterAuthOptions } from 'better-auth';
import { APIError, betterAuth } from 'better-auth';
import { AppError } from '@/lib/base/errors';
import { log } from '@/lib/base/log';
import { cookieAttributes, cookieName } from './cookies';
import { type OpenId, openIdPlugin, providerId } from './openid';
import { hashPassword, isPassword, maxPasswordLength, minPasswordLength } from './password';
import type { Role } from './permission';

const day = 24 * 60 * 60;
/** A session ends this long after it was last used, and at the latest this long after it began. */
const idleSeconds = 14 * day;
const absoluteMilliseconds = 90 * day * 1000;
/** A use is recorded at most this often. */
const recordSeconds = 60 * 60;

export interface NewUser {
  name: string;
  email: string;
  role: Role;
  /** Null for a user who is invited to set one. */
  password: string | null;
}

/** What the answer to a request has to set in the browser: values of `Set-Cookie`. */
export type SetCookies = string[];

/** Who is signed in, by which session. */
export interface SignedInUser {
  userId: string;
  name: string;
  role: Role;
  sessionId: string;
  /** When the user proved who it is. */
  signedInAt: Date;
}

interface SignedIn {
  user: SignedInUser;
  cookies: SetCookies;
}

export interface AccountsOptions {
  /** better-auth's adapter of the database. */
  database: BetterAuthOptions['database'];
  /** Signs cookies. */
  secret: string;
  /** The address that browsers use. */
  origin: string;
  /** The OpenID provider; null without one. */
  openId: OpenId | null;
}

export type Accounts = ReturnType<typeof newAccounts>;

/**
 * Users, their passwords and their sessions, by better-auth: of its interface only the functions that are
 * called here are used, and none of its routes is reachable.
 */
export function newAccounts({ database, secret, origin, openId }: AccountsOptions) {
  const cookie = sessionCookie(origin);
  const auth = betterAuth({
    database,
    secret,
    baseURL: origin,
    logger: { log: (level, message) => log()[level === 'error' ? 'error' : 'debug'](message) },
    telemetry: { enabled: false },
    rateLimit: { enabled: false }, // ours knows proxies
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength,
      password: { hash: hashPassword, verify: ({ password, hash }) => isPassword(password, hash) },
    },
    // `input`: the role of an OpenID provider's claim. No route of the library takes another.
    user: { additionalFields: { role: { type: 'string', input: true, required: true } } },
    plugins: openId ? [openIdPlugin(openId)] : [],
    session: { expiresIn: idleSeconds, updateAge: recordSeconds },
    account: { accountLinking: { enabled: false }, encryptOAuthTokens: true },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: cookie },
      cookiePrefix: 'cenclave',
      defaultCookieAttributes: cookieAttributes(origin),
      // The server writes the client's address there: what clients claim is removed before (server/gate.ts).
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
  });
  const recent = new RecentSessions();

  const look = async (headers: Headers, refresh: boolean): Promise<SignedIn | null> => {
    const query = { disableRefresh: !refresh };
    const answer = await auth.api.getSession({ headers, query, returnHeaders: true });
    if (!answer.response) return null;
    const { session, user } = answer.response;
    const signedInAt = new Date(session.createdAt);
    if (Date.now() - signedInAt.getTime() > absoluteMilliseconds) {
      await (await auth.$context).internalAdapter.deleteSession(session.token);
      return null;
    }
    const role = user.role as Role;
    const who = { userId: user.id, name: user.name, role, sessionId: session.id, signedInAt };
    return { user: who, cookies: answer.headers.getSetCookie() };
  };

  return {
    /** The name of the session's cookie. */
    cookieName: cookie.name,

    /**
     * Creates a user.
     * @throws AppError `email-taken`
     */
    async createUser({ password, ...user }: NewUser): Promise<string> {
      const { internalAdapter } = await auth.$context;
      const email = user.email.toLowerCase();
      if (await internalAdapter.findUserByEmail(email))
        throw new AppError('email-taken', `There is already a user ${email}.`, { field: 'email' });
      const row = { ...user, email, emailVerified: true };
      const { id } = await internalAdapter.createUser(row, { method: 'admin' });
      if (password !== null) await this.setPassword(id, password);
      return id;
    },

    /** Sets the password of a user, who proved by other means who it is, and ends all sessions. */
    async setPassword(userId: string, password: string): Promise<void> {
      const { internalAdapter } = await auth.$context;
      const hash = await hashPassword(password);
      const found = (await internalAdapter.findAccounts(userId)).some(
        (one) => one.providerId === 'credential',
      );
      if (found) await internalAdapter.updatePassword(userId, hash);
      else
        await internalAdapter.linkAccount({
          ...{ userId, accountId: userId, providerId: 'credential', password: hash },
        });
      await internalAdapter.deleteUserSessions(userId);
      recent.forget();
    },

    /**
     * Signs somebody in, and ends the session that the browser had.
     * @throws AppError `sign-in-failed`, the same, and as late, for a wrong address and a wrong password
     */
    async signIn(email: string, password: string, headers: Headers): Promise<SetCookies> {
      const body = { email, password };
      const answer = await auth.api.signInEmail({ body, headers, returnHeaders: true }).catch(refused);
      const before = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      if (before) await (await auth.$context).internalAdapter.deleteSession(before.session.token);
      recent.forget();
      return answer.headers.getSetCookie();
    },

    /**
     * Begins to sign in at the OpenID provider.
     * @returns its address, and cookies that bind the browser to this sign-in
     * @throws AppError `not-found` without a provider; `openid-unreachable`
     */
    async startOpenId(headers: Headers, returnTo: string): Promise<{ url: string; cookies: SetCookies }> {
      if (!openId) throw new AppError('not-found', 'There is nothing at this address.');
      const callbackURL = new URL(returnTo, origin).href;
      const body = {
        provider: providerId,
        callbackURL,
        errorCallbackURL: `${origin}/sign-in`,
        disableRedirect: true,
      };
      const { headers: set, response } = await auth.api
        .signInSocial({ body, headers, returnHeaders: true })
        .catch(unreachable);
      return { url: response.url ?? unreachable(null), cookies: set.getSetCookie() };
    },

    /**
     * Ends a sign-in at the OpenID provider, which sent the browser back.
     * @returns where the browser goes on: with `error` in the query when the sign-in failed
     */
    async finishOpenId(
      headers: Headers,
      query: Record<string, string>,
    ): Promise<{ url: string; cookies: SetCookies }> {
      if (!openId) throw new AppError('not-found', 'There is nothing at this address.');
      const answer = await auth.api
        .callbackOAuth({ method: 'GET', params: { id: providerId }, query, headers, asResponse: true })
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          return new Response(null, { status: 303, headers: { Location: `/sign-in?error=${error.code}` } });
        });
      recent.forget();
      const url = new URL(answer.headers.get('location') ?? '/sign-in?error=failed', origin);
      return { url: url.href, cookies: answer.headers.getSetCookie() };
    },

    /** Ends the session of a request. */
    async signOut(headers: Headers): Promise<SetCookies> {
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      recent.forget();
      return answer.headers.getSetCookie();
    },

    /**
     * Who is signed in, by the cookie of a request; null when nobody is.
     * @param refresh whether this use prolongs the session: its cookie must then reach the browser
     */
    async userOf(headers: Headers, refresh: boolean): Promise<SignedIn | null> {
      const known = refresh ? undefined : recent.find(headers);
      if (known) return known;
      const { changes } = recent;
      const found = await look(headers, refresh);
      if (found && changes === recent.changes) recent.add(headers, { user: found.user, cookies: [] });
      return found;
    },

    /** Must be called whenever a session, a user or a role has changed. */
    forget: () => recent.forget(),

    /**
     * Changes the password of whoever is signed in, and ends all other sessions.
     * @throws AppError `password-wrong`
     */
    async changePassword(
      headers: Headers,
      currentPassword: string,
      newPassword: string,
    ): Promise<SetCookies> {
      const body = { currentPassword, newPassword, revokeOtherSessions: true };
      const answer = await auth.api.changePassword({ body, headers, returnHeaders: true }).catch((error) => {
        if (!(error instanceof APIError)) throw error;
        throw new AppError('password-wrong', 'The current password is wrong.', { field: 'currentPassword' });
      });
      recent.forget();
      return answer.headers.getSetCookie();
    },
  };
}

/** Players request several files in each second: a session is not looked up for each of them. */
const recentMilliseconds = 2000;
const mostRecent = 1000;

/** Sessions that were looked up a moment ago, by their cookies. */
class RecentSessions {
  private readonly found = new Map<string, { until: number; signedIn: SignedIn }>();
  /** How often something changed: what was looked up before a change may be wrong after it. */
  changes = 0;

  find(headers: Headers): SignedIn | undefined {
    const entry = this.found.get(headers.get('cookie') ?? '');
    return entry && entry.until > Date.now() ? entry.signedIn : undefined;
  }

  add(headers: Headers, signedIn: SignedIn): void {
    if (this.found.size >= mostRecent) this.found.clear();
    this.found.set(headers.get('cookie') ?? '', { until: Date.now() + recentMilliseconds, signedIn });
  }

  /** What changed in this process shows at once; what another process changed, within two seconds. */
  forget(): void {
    this.changes += 1;
    this.found.clear();
  }
}

function unreachable(cause: unknown): never {
  throw new AppError(
    'openid-unreachable',
    'The OpenID provider does not answer. Try again, or use a password.',
    {
      cause,
    },
  );
}

function refused(error: unknown): never {
  if (!(error instanceof APIError)) throw error;
  throw new AppError('sign-in-failed', 'The e-mail address or the password is wrong.');
}

/** The cookie of a session. */
const sessionCookie = (origin: string) => ({
  name: cookieName(origin),
  attributes: { ...cookieAttributes(origin), path: '/' } as const,
});
