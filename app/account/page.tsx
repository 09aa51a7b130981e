import type { Metadata } from 'next';
import { AccountPage } from '@/app/_features/account/account-page';
import { acting } from '@/lib/http/bridge';
import { listTokens, tokenView } from '@/lib/tokens/manage-tokens';
import { listSessions, signedIn } from '@/lib/users/manage-users';
import { sessionView } from '@/lib/users/session-view';
import { whoAmI } from '@/lib/users/who-am-i';

export const metadata: Metadata = { title: 'Account' };

export default async function Page() {
  const { sessionId } = signedIn(acting());
  const sessions = (await listSessions(acting())).map((session) => sessionView(session, sessionId));
  const mayHaveTokens = whoAmI(acting()).permissions.includes('token.manage');
  const tokens = mayHaveTokens ? (await listTokens(acting())).map(tokenView) : null;
  return <AccountPage sessions={sessions} tokens={tokens} />;
}
