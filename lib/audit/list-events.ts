import { z } from 'zod';
import { authorize } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { type AuditRecord, auditActions, auditOutcomes } from '@/lib/accounts/audit-event';
import { always, field } from '@/lib/http/field';
import { type Page, pageOf, pageQuery, pageRequest } from '@/lib/http/page';

export const auditQuery = pageQuery.extend({
  action: field(
    z.enum(auditActions).optional(),
    always('bad-query', `action must be one of ${auditActions.join(', ')}.`),
  ),
  actor: field(
    z.string().max(100).optional().describe('The id of a user.'),
    always('bad-query', 'actor must be the id of a user.'),
  ),
});

/** What was done, as the API answers it. */
export const auditViewSchema = z.object({
  id: z.int(),
  at: z.string().describe('ISO 8601.'),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  address: z.string().nullable().describe('From where.'),
  action: z.string(),
  target: z.string().nullable().describe('To what, such as `package:12`.'),
  outcome: z.enum(auditOutcomes),
  detail: z.string().nullable(),
});
export type AuditView = z.output<typeof auditViewSchema>;

/**
 * A page of the audit log, newest first.
 * @throws those of authorize
 */
export async function listEvents(
  acting: Acting,
  query: z.output<typeof auditQuery>,
): Promise<Page<AuditView>> {
  authorize(acting, 'audit.read', null);
  const { limit, before } = pageRequest(query);
  const { action, actor: actorId } = query;
  const rows = await acting.access.listEvents({ action, actorId, before, limit: limit + 1 });
  const { items, nextCursor } = pageOf(rows, limit);
  return { items: items.map(auditView), nextCursor };
}

const auditView = (row: AuditRecord): AuditView => {
  const { id, at, actorKind, actorId, actorName, ip, action, target, outcome, detail } = row;
  const actor = { kind: actorKind, id: actorId, name: actorName };
  return { id, at: at.toISOString(), actor, address: ip, action, target, outcome, detail };
};
