'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { Button } from '@/app/_ui/button';
import { DeleteButton } from '@/app/_ui/dialog';
import { LocalTime } from '@/app/_ui/local-time';
import { Section } from '@/app/_ui/page-parts';
import { Row, RowList } from '@/app/_ui/row-list';
import type { TokenView } from '@/lib/tokens/manage-tokens';
import { NewToken } from './new-token';
import { scopeNames } from './scopes';

/** The API tokens of the user who is signed in. */
export function TokenSection({ initial }: { initial: TokenView[] }) {
  const [isAdding, setAdding] = useState(false);
  const fallbackData = { items: initial };
  const get = () => callApi('GET', '/api/tokens', {});
  const { data = fallbackData, mutate } = useSWR('/api/tokens', get, { fallbackData });
  const refresh = async () => void (await mutate());
  return (
    <Section title="API tokens" className="mt-12">
      <div className="grid gap-4">
        <p className="max-w-prose text-pretty text-soft text-sm">
          Programs use a token instead of your password. It allows no more than you may do yourself.
        </p>
        {data.items.length > 0 && (
          <RowList label="API tokens" data-testid="token-list">
            {data.items.map((token) => (
              <Row key={token.id} title={token.name} note={<TokenFacts token={token} />}>
                <RevokeToken token={token} onRevoked={refresh} />
              </Row>
            ))}
          </RowList>
        )}
        <Button icon={Plus} className="justify-self-start" onClick={() => setAdding(true)}>
          New token
        </Button>
      </div>
      {isAdding && <NewToken onCreated={refresh} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function TokenFacts({ token: { scopes, lastUsedAt, expiresAt } }: { token: TokenView }) {
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return (
    <>
      {scopeNames(scopes)}
      <br />
      {lastUsedAt === null ? 'Never used' : 'Last used '}
      {lastUsedAt && <LocalTime iso={lastUsedAt} />} ·{' '}
      {expiresAt === null ? 'never expires' : isExpired ? 'expired ' : 'expires '}
      {expiresAt && <LocalTime iso={expiresAt} />}
    </>
  );
}

function RevokeToken({ token, onRevoked }: { token: TokenView; onRevoked: () => Promise<void> }) {
  const revoke = async () => {
    await callApi('DELETE', '/api/tokens/{id}', { params: { id: token.id } });
    await onRevoked();
  };
  return (
    <DeleteButton
      label={`Revoke ${token.name}`}
      tooltip="Revoke"
      question="Revoke this token?"
      confirmLabel="Revoke token"
      onConfirm={() => failureOf(revoke)}
    >
      Programs that use <bdi className="break-words font-medium text-ink">{token.name}</bdi> are refused from
      now on. This can’t be undone.
    </DeleteButton>
  );
}
