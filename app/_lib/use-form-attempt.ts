'use client';

import { useAttempt } from './use-attempt';

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
