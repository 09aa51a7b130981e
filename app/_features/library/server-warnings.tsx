'use client';

import { useState } from 'react';
import useSWR from 'swr';
import { callApi } from '@/app/_lib/api-client';
import { Notice } from '@/app/_ui/notice';

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
    <Notice tone="advice" title="For the operator of this server" onDismiss={dismiss}>
      <ul className="grid gap-1">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Notice>
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
