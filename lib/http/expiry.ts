import { z } from 'zod';
import { always, field } from './field';

const mostDays = 3650;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** After how many days a token or a link ends; null or nothing: never. */
export const expiresInDaysField = field(
  z.number().int().min(1).max(mostDays).nullish(),
  always('expiry-invalid', `It must expire after 1 to ${mostDays} days, or null: never.`),
);

/** The time in some days from now; null for never. */
export const expiryAfter = (days: number | null | undefined): Date | null =>
  days ? new Date(Date.now() + days * dayMilliseconds) : null;
