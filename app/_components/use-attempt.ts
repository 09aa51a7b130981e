'use client';

import { useState } from 'react';
import { sentenceOf } from './api-client';

/** Does something that may fail: tells whether it is being done, and in a sentence why the last attempt failed. */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return { attempt, isBusy, failure };
}
