'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { WhoAmI } from '@/lib/users/who-am-i';

export type Permission = WhoAmI['permissions'][number];

/** Until it is known who asks, nothing is allowed. */
const nobody: WhoAmI = { kind: 'anonymous', name: null, role: null, permissions: [] };
const SessionContext = createContext(nobody);
/** What is allowed with the video that the page is about; null on a page about none. */
const AllowedContext = createContext<readonly Permission[] | null>(null);

/** Makes known on whose behalf the pages were rendered. */
export function SessionProvider({ session, children }: { session: WhoAmI; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Makes known what is allowed with the video or package that a page is about. */
export function AllowedProvider({ allowed, children }: { allowed: Permission[]; children: ReactNode }) {
  return <AllowedContext value={allowed}>{children}</AllowedContext>;
}

/**
 * Who is signed in, and what may be shown: `may` is about the video of the page, if there is one, and
 * `mayAnywhere` about some video at least. The server checks each request by itself.
 */
export function useSession() {
  const session = useContext(SessionContext);
  const allowed = useContext(AllowedContext) ?? session.permissions;
  return {
    session,
    isOpen: session.kind === 'everybody',
    may: (permission: Permission) => allowed.includes(permission),
    mayAnywhere: (permission: Permission) => session.permissions.includes(permission),
  };
}
