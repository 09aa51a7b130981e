'use client';

import { ArrowUpToLine } from 'lucide-react';
import type { PackageView } from '@/lib/packages/package-view';
import { callApi } from '../api-client';
import { buttonStyle } from '../button-style';
import { FailureLine } from '../failure-line';
import { useAttempt } from '../use-attempt';

interface DoNextButtonProps {
  pkg: PackageView;
  onChanged: () => Promise<void>;
}

/** Moves the work on a package to the front of the queue. */
export function DoNextButton({ pkg, onChanged }: DoNextButtonProps) {
  const { attempt, isBusy, failure } = useAttempt();
  const prioritize = () =>
    attempt(async () => {
      const body = { priority: 'high' } as const;
      await callApi('PATCH', '/api/packages/{id}', { params: { id: pkg.id }, body });
      await onChanged();
    });
  return (
    <>
      <button type="button" className={buttonStyle('plain')} onClick={prioritize} disabled={isBusy}>
        <ArrowUpToLine className="size-4" aria-hidden="true" />
        Do next
      </button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
