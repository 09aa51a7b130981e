const labels = { '7': 'In 7 days', '30': 'In 30 days', '365': 'In 1 year', never: 'Never' } as const;

/** When something expires, in days from now. */
export type Expiry = keyof typeof labels;

export const expiryChoices = (offered: readonly Expiry[]) =>
  offered.map((value) => ({ value, label: labels[value] }));

/** The days, as the API takes them; null: never. */
export const expiryDays = (expiry: Expiry): number | null => (expiry === 'never' ? null : Number(expiry));
