'use client';

import { useSession } from '@/app/_lib/session';
import { TitledPage } from '@/app/_ui/page-parts';
import type { TokenView } from '@/lib/tokens/manage-tokens';
import type { SessionView } from '@/lib/users/session-view';
import { PasswordForm } from './password-form';
import { SessionList } from './session-list';
import { TokenSection } from './token-section';

interface AccountPageProps {
  sessions: SessionView[];
  /** Null where tokens are not allowed. */
  tokens: TokenView[] | null;
}

/** What belongs to the user who is signed in: the password, sessions and API tokens. */
export function AccountPage({ sessions, tokens }: AccountPageProps) {
  const { session } = useSession();
  return (
    <TitledPage
      title="Account"
      intro={
        <>
          You are signed in as <bdi className="font-medium text-ink">{session.name}</bdi>, {session.role}.
        </>
      }
    >
      <SessionList initial={sessions} />
      {tokens && <TokenSection initial={tokens} />}
      <div className="mt-12">
        <PasswordForm />
      </div>
    </TitledPage>
  );
}
