'use client';

import { ArrowUpToLine } from 'lucide-react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle } from '@/app/_ui/button-style';
import { FailureLine } from '@/app/_ui/failure-line';
import type { PackageView } from '@/lib/packages/package-view';

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
