'use client';

import { useState } from 'react';
import { ApiError, errorMessageOf } from './api-client';

/**
 * Runs an action that may fail. Returns whether it is running, and a sentence about why the last attempt
 * failed.
 */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  const failure = error === null ? null : errorMessageOf(error);
  return { attempt, isBusy, failure, failedField: error instanceof ApiError ? error.field : null };
}
