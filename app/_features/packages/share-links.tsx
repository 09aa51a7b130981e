'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi, errorMessageOf, failureOf } from '@/app/_lib/api-client';
import { countOf } from '@/app/_lib/format';
import { Button } from '@/app/_ui/button';
import { DeleteButton } from '@/app/_ui/dialog';
import { Disclosure } from '@/app/_ui/disclosure';
import { LocalTime } from '@/app/_ui/local-time';
import { FailureLine } from '@/app/_ui/notice';
import { Row, RowList } from '@/app/_ui/row-list';
import type { PackageView } from '@/lib/packages/package-view';
import type { ShareView } from '@/lib/shares/manage-shares';
import { NewShare } from './new-share';

/** The links by which people without an account watch a package; fetched when they are unfolded. */
export function ShareLinks({ pkg }: { pkg: PackageView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure
      summary="Share links"
      look="row"
      isOpen={isOpen}
      onToggle={setOpen}
      className="border-line border-t"
    >
      {isOpen && <ShareList pkg={pkg} />}
    </Disclosure>
  );
}

function ShareList({ pkg }: { pkg: PackageView }) {
  const [isAdding, setAdding] = useState(false);
  const get = () => callApi('GET', '/api/packages/{id}/shares', { params: { id: pkg.id } });
  const { data, error, mutate } = useSWR(`${pkg.links.self}/shares`, get);
  const shares = data?.items ?? [];
  const refresh = async () => void (await mutate());
  return (
    <div className="grid gap-4 px-5 pt-2 pb-5 sm:px-6 sm:pb-6">
      <p className="max-w-prose text-pretty text-soft text-sm">
        Whoever has such a link can watch this package, without an account.
        {data && shares.length === 0 && ' There is none yet.'}
      </p>
      <FailureLine text={error === undefined ? null : errorMessageOf(error)} />
      {shares.length > 0 && (
        <RowList isInner label={`Share links of package ${pkg.id}`} data-testid="share-list">
          {shares.map((share) => (
            <Row key={share.id} title={nameOf(share)} note={<ShareFacts share={share} />}>
              <RevokeShare share={share} onRevoked={refresh} />
            </Row>
          ))}
        </RowList>
      )}
      <Button icon={Plus} className="justify-self-start" onClick={() => setAdding(true)}>
        New share link
      </Button>
      {isAdding && <NewShare packageId={pkg.id} onCreated={refresh} onClose={() => setAdding(false)} />}
    </div>
  );
}

const nameOf = ({ name, id }: ShareView) => (name === '' ? `Link ${id}` : name);

function ShareFacts({ share }: { share: ShareView }) {
  const { views, hasPassword, allowsDownload, expiresAt, isExpired } = share;
  const facts = [countOf(views, 'view'), hasPassword && 'password', allowsDownload && 'with download'];
  return (
    <>
      {facts.filter((fact) => fact !== false).join(' · ')} ·{' '}
      {expiresAt === null ? (
        'never expires'
      ) : (
        <>
          {isExpired ? 'expired' : 'expires'} <LocalTime iso={expiresAt} />
        </>
      )}
    </>
  );
}

function RevokeShare({ share, onRevoked }: { share: ShareView; onRevoked: () => Promise<void> }) {
  const revoke = async () => {
    await callApi('DELETE', '/api/shares/{id}', { params: { id: share.id } });
    await onRevoked();
  };
  return (
    <DeleteButton
      label={`Revoke ${nameOf(share)}`}
      tooltip="Revoke"
      question="Revoke this link?"
      confirmLabel="Revoke link"
      onConfirm={() => failureOf(revoke)}
    >
      <bdi className="break-words font-medium text-ink">{nameOf(share)}</bdi> stops working at once, also for
      people who are watching. This can’t be undone.
    </DeleteButton>
  );
}
