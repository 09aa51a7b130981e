'use client';

import { CircleUser, LogIn, LogOut, ScrollText, Settings, Users } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { callApi } from '@/app/_lib/api-client';
import { type Permission, useSession } from '@/app/_lib/session';
import { useAttempt } from '@/app/_lib/use-attempt';
import { ButtonLink, type Icon } from '@/app/_ui/button';
import { Menu, MenuAction, MenuLink } from '@/app/_ui/menu';
import { FailureLine } from '@/app/_ui/notice';

const pages: readonly { href: string; label: string; icon: Icon; needs: Permission }[] = [
  { href: '/account', label: 'Account', icon: Settings, needs: 'account.manage' },
  { href: '/users', label: 'Users', icon: Users, needs: 'user.manage' },
  { href: '/audit', label: 'Audit log', icon: ScrollText, needs: 'audit.read' },
];

/** Pages where a link to sign in would lead nowhere, or to the page itself. */
const entrances = ['/sign-in', '/setup', '/invitation'];

/** Who is signed in, with the pages of an account; or the way to sign in. Nothing on an open server. */
export function AccountMenu() {
  const { session, isOpen } = useSession();
  const path = usePathname();
  if (isOpen) return null;
  if (session.kind === 'user') return <UserMenu name={session.name ?? ''} path={path} />;
  if (entrances.includes(path)) return null;
  return (
    <ButtonLink href={signInAddress(path)} icon={LogIn} prefetch={false}>
      Sign in
    </ButtonLink>
  );
}

/** Whoever watches a video by a share link comes back to it. */
function signInAddress(path: string): string {
  return path.startsWith('/play/') ? `/sign-in?returnTo=${encodeURIComponent(path)}` : '/sign-in';
}

function UserMenu({ name, path }: { name: string; path: string }) {
  const { mayAnywhere } = useSession();
  const { attempt, isBusy, failure } = useAttempt();
  const signOut = () =>
    attempt(async () => {
      await callApi('DELETE', '/api/session', {});
      location.assign('/sign-in');
    });
  return (
    <Menu label={name} icon={CircleUser}>
      {(close) => (
        <>
          {pages.map(
            ({ href, label, icon, needs }) =>
              mayAnywhere(needs) && (
                <MenuLink key={href} href={href} icon={icon} isCurrent={path === href} onFollow={close}>
                  {label}
                </MenuLink>
              ),
          )}
          <MenuAction icon={LogOut} isBusy={isBusy} onAct={signOut}>
            {isBusy ? 'Signing out…' : 'Sign out'}
          </MenuAction>
          <li>
            <FailureLine text={failure} className="px-3 py-2" />
          </li>
        </>
      )}
    </Menu>
  );
}
