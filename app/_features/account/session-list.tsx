'use client';

import { Check, LogOut } from 'lucide-react';
import useSWR from 'swr';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { LocalTime } from '@/app/_ui/local-time';
import { FailureLine } from '@/app/_ui/notice';
import { Section } from '@/app/_ui/page-parts';
import { Row, RowList } from '@/app/_ui/row-list';
import type { SessionView } from '@/lib/users/session-view';
import { browserName } from './browser-name';

/** The browsers in which the user is signed in. */
export function SessionList({ initial }: { initial: SessionView[] }) {
  const fallbackData = { items: initial };
  const get = () => callApi('GET', '/api/account/sessions', {});
  const { data = fallbackData, mutate } = useSWR('/api/account/sessions', get, { fallbackData });
  const { attempt, isBusy, failure } = useAttempt();
  const end = (id: string) =>
    attempt(async () => {
      await callApi('DELETE', '/api/account/sessions/{id}', { params: { id } });
      await mutate();
    });
  return (
    <Section title="Sessions" className="mt-12">
      <RowList label="Sessions" data-testid="session-list">
        {data.items.map((session) => (
          <Row
            key={session.id}
            title={browserName(session.browser)}
            badge={session.isCurrent && <CurrentBadge />}
            note={<SessionFacts session={session} />}
          >
            {!session.isCurrent && (
              <Button size="folding" icon={LogOut} disabled={isBusy} onClick={() => end(session.id)}>
                End session
              </Button>
            )}
          </Row>
        ))}
      </RowList>
      <FailureLine text={failure} className="mt-3" />
    </Section>
  );
}

const CurrentBadge = () => (
  <Badge tone="good" icon={Check}>
    This browser
  </Badge>
);

function SessionFacts({ session: { address, signedInAt, usedAt } }: { session: SessionView }) {
  return (
    <>
      {address !== null && `${address} · `}signed in <LocalTime iso={signedInAt} /> · last used{' '}
      <LocalTime iso={usedAt} />
    </>
  );
}
