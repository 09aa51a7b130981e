'use client';

import { useAttempt } from './use-attempt';

/** The same for a form with fields of these names: why it failed is told at the field that is wrong, if there is one. */
export function useFormAttempt<Field extends string>(fields: readonly Field[]) {
  const { attempt, isBusy, failure, failedField } = useAttempt();
  const wrong = fields.find((field) => field === failedField) ?? null;
  return {
    attempt,
    isBusy,
    /** The sentence for a field; null while it is not the one that is wrong. */
    failureAt: (field: Field) => (field === wrong ? failure : null),
    /** The sentence for the form as a whole. */
    failure: wrong === null ? failure : null,
  };
}
