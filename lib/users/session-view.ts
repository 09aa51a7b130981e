import { z } from 'zod';
import type { SessionRecord } from '@/lib/accounts/access-records';

/** A signed-in browser, as the API answers it. */
export const sessionViewSchema = z.object({
  id: z.string(),
  isCurrent: z.boolean().describe('Whether it is that of this request.'),
  browser: z.string().nullable().describe('What the browser calls itself (User-Agent).'),
  address: z.string().nullable().describe('From where it signed in.'),
  signedInAt: z.string().describe('ISO 8601.'),
  usedAt: z.string().describe('ISO 8601.').describe('Its last use, to the hour.'),
});
export type SessionView = z.output<typeof sessionViewSchema>;

export const sessionView = (session: SessionRecord, currentId: string): SessionView => ({
  id: session.id,
  isCurrent: session.id === currentId,
  browser: session.userAgent || null,
  address: session.ipAddress || null,
  signedInAt: session.createdAt.toISOString(),
  usedAt: session.updatedAt.toISOString(),
});
