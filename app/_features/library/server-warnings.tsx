'use client';

import { ShieldAlert, X } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi } from '@/app/_lib/api-client';

const storageName = 'cenclave.dismissed-warnings';

/** Warnings of the server for its operator. Once dismissed, they stay hidden until they change. */
export function ServerWarnings() {
  const { data } = useSWR('/api/health', () => callApi('GET', '/api/health', {}), {
    revalidateOnFocus: false,
  });
  const [dismissed, setDismissed] = useState<string | null>(null);
  const warnings = data?.warnings ?? [];
  const text = warnings.join('\n');
  if (text === '' || text === (dismissed ?? readDismissed())) return null;
  const dismiss = () => {
    setDismissed(text);
    writeDismissed(text);
  };
  return (
    <aside
      aria-labelledby="server-warnings-title"
      className="flex gap-3.5 rounded-panel border border-line bg-surface p-4 sm:items-start sm:p-5"
    >
      <ShieldAlert className="mt-0.5 size-5 shrink-0 text-work" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <h2 id="server-warnings-title" className="font-semibold text-sm">
          For the operator of this server
        </h2>
        <ul className="mt-1 grid max-w-prose gap-1 text-pretty text-soft text-sm">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      </div>
      <button
        type="button"
        onClick={dismiss}
        aria-label="Dismiss this notice"
        className="-m-2 grid size-11 shrink-0 cursor-pointer place-items-center self-start rounded-control text-soft transition-colors hover:bg-sunken hover:text-ink"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </aside>
  );
}

/** The browser may block its storage: then the notice comes back. */
function readDismissed(): string | null {
  try {
    return localStorage.getItem(storageName);
  } catch {
    return null;
  }
}

function writeDismissed(text: string): void {
  try {
    localStorage.setItem(storageName, text);
  } catch {
    // It stays dismissed until the page is loaded again.
  }
}
