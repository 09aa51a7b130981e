import { z } from 'zod';
import type { UserRecord } from '@/lib/accounts/access-records';
import { roles } from '@/lib/accounts/permission';

/** The id of a user or a session. */
export const userParams = z.object({ id: z.string().max(100) });

/** A user, as the API answers it. */
export const userViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  status: z.enum(['active', 'invited']).describe('`invited`: has not set a password yet.'),
  createdAt: z.string().describe('ISO 8601.'),
});
export type UserView = z.output<typeof userViewSchema>;

/** The link by which a user sets a password; it is shown only once. */
export const invitationViewSchema = z.object({
  url: z.string(),
  expiresAt: z.string().describe('ISO 8601.'),
});

export const invitationView = ({ url, expiresAt }: { url: string; expiresAt: Date }) => ({
  ...{ url, expiresAt: expiresAt.toISOString() },
});

export const userView = ({ id, name, email, role, hasPassword, createdAt }: UserRecord): UserView => ({
  ...{ id, name, email, role },
  status: hasPassword ? 'active' : 'invited',
  createdAt: createdAt.toISOString(),
});
