'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { FailureLine } from '@/app/_ui/notice';
import { SelectField } from '@/app/_ui/picker-fields';
import { type AuditAction, actionChoices } from './action-names';
import { asCsv, asJsonLines, fetchEvents, saveText } from './export-events';

const choices = [{ value: 'all', label: 'Everything' } as const, ...actionChoices];

const formats = [
  { label: 'CSV', file: 'cenclave-audit.csv', type: 'text/csv', write: asCsv },
  { label: 'JSON lines', file: 'cenclave-audit.jsonl', type: 'application/jsonl', write: asJsonLines },
];

/** The filter of the audit log, and its export: all pages that fit the filter. */
export function AuditTools({ action }: { action: AuditAction | undefined }) {
  const router = useRouter();
  const [isLoading, startTransition] = useTransition();
  const { attempt, isBusy, failure } = useAttempt();
  const filter = (chosen: (typeof choices)[number]['value']) =>
    startTransition(() => router.push(chosen === 'all' ? '/audit' : `/audit?action=${chosen}`));
  return (
    <div className="mt-8 flex flex-wrap items-end gap-3" aria-busy={isLoading}>
      <div className="w-full sm:w-64">
        <SelectField label="Show" value={action ?? 'all'} choices={choices} onChange={filter} />
      </div>
      <div className="flex flex-wrap gap-2 sm:ml-auto">
        {formats.map(({ label, file, type, write }) => (
          <Button
            key={label}
            icon={Download}
            disabled={isBusy}
            onClick={() => attempt(async () => saveText(file, type, write(await fetchEvents(action))))}
          >
            {isBusy ? 'Exporting…' : `Export ${label}`}
          </Button>
        ))}
      </div>
      <FailureLine text={failure} className="basis-full" />
    </div>
  );
}
