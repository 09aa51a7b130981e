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

/**
 * Like `useAttempt`, for a form with fields of these names: a failure is shown at the field that caused it,
 * if there is one.
 */
export function useFormAttempt<Field extends string>(fields: readonly Field[]) {
  const { attempt, isBusy, failure, failedField } = useAttempt();
  const wrong = fields.find((field) => field === failedField) ?? null;
  return {
    attempt,
    isBusy,
    /** The sentence for a field; null unless the failure is about this field. */
    failureAt: (field: Field) => (field === wrong ? failure : null),
    /** The sentence for the form as a whole. */
    failure: wrong === null ? failure : null,
  };
}
