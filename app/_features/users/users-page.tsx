'use client';

import { Clock, UserPlus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi, errorMessageOf } from '@/app/_lib/api-client';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { FailureLine } from '@/app/_ui/notice';
import { TitledPage } from '@/app/_ui/page-parts';
import { Row, RowList } from '@/app/_ui/row-list';
import type { UserView } from '@/lib/users/user-view';
import { NewUser } from './new-user';
import { roleNames } from './roles';
import { ChangeRole, DeleteUser, InviteAgain } from './user-actions';

/** Who can sign in, for administrators. */
export function UsersPage({ initial }: { initial: UserView[] }) {
  const [isAdding, setAdding] = useState(false);
  const fallbackData = { items: initial };
  const get = () => callApi('GET', '/api/users', {});
  const { data = fallbackData, error, mutate } = useSWR('/api/users', get, { fallbackData });
  const refresh = async () => void (await mutate());
  return (
    <TitledPage
      title="Users"
      intro="Everyone who can sign in. To watch a single video, nobody needs an account: a share link is enough."
    >
      <div className="mt-8 grid gap-4">
        <Button kind="primary" icon={UserPlus} className="justify-self-start" onClick={() => setAdding(true)}>
          New user
        </Button>
        <FailureLine text={error === undefined ? null : errorMessageOf(error)} />
        <RowList label="Users" data-testid="user-list">
          {data.items.map((user) => (
            <Row
              key={user.id}
              title={user.name}
              badge={user.status === 'invited' && <InvitedBadge />}
              note={
                <>
                  {user.email} · {roleNames[user.role]}
                </>
              }
            >
              <ChangeRole user={user} onChanged={refresh} />
              <InviteAgain user={user} />
              <DeleteUser user={user} onChanged={refresh} />
            </Row>
          ))}
        </RowList>
      </div>
      {isAdding && <NewUser onCreated={refresh} onClose={() => setAdding(false)} />}
    </TitledPage>
  );
}

const InvitedBadge = () => (
  <Badge tone="idle" icon={Clock}>
    Invited
  </Badge>
);
