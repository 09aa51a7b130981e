import type { Acting, Principal } from '@/lib/access/principal';
import type { AuditAction, AuditEvent, AuditOutcome } from '@/lib/accounts/audit-event';
import { log } from '@/lib/base/log';
import { clientAddress } from '@/lib/http/bridge';

interface Recorded {
  /** Such as `package:12`. */
  target?: string;
  outcome?: AuditOutcome;
  /** Never a secret. */
  detail?: string;
  /** Who, where that is not the principal, such as somebody who has just signed in. */
  actor?: Pick<AuditEvent, 'actorKind' | 'actorId' | 'actorName'>;
}

/**
 * Records in the audit log what the principal did. On an open server nothing is recorded: nobody is known
 * there.
 */
export async function recordEvent(
  { access, principal }: Pick<Acting, 'access' | 'principal'>,
  action: AuditAction,
  { target, outcome = 'done', detail, actor }: Recorded = {},
): Promise<void> {
  if (principal.kind === 'everybody') return;
  const event: AuditEvent = {
    at: new Date(),
    ...(actor ?? actorOf(principal, target)),
    ip: clientAddress() || null,
    action,
    target: target ?? null,
    outcome,
    detail: detail ?? null,
  };
  await access.record(event);
  log().info({ audit: event }, 'Audit');
}

/** Of several links that one browser has opened, the one for the target. */
function actorOf(
  principal: Principal,
  target: string | undefined,
): Pick<AuditEvent, 'actorKind' | 'actorId' | 'actorName'> {
  const { kind } = principal;
  if (kind === 'user') return { actorKind: kind, actorId: principal.userId, actorName: principal.name };
  if (kind === 'token')
    return { actorKind: kind, actorId: principal.userId, actorName: `${principal.name} (API token)` };
  if (kind === 'share') {
    const used = principal.grants.find(({ packageId }) => target === `package:${packageId}`);
    const { shareId = '' } = used ?? principal.grants[0] ?? {};
    return { actorKind: kind, actorId: String(shareId), actorName: 'Share link' };
  }
  return { actorKind: kind, actorId: null, actorName: null };
}

/** Records what a principal does with a target for the first time. */
export async function recordFirst(
  acting: Pick<Acting, 'access' | 'principal'>,
  action: AuditAction,
  target: string,
): Promise<void> {
  const { actorKind, actorId } = actorOf(acting.principal, target);
  if (acting.principal.kind === 'everybody') return;
  if (await acting.access.hasEvent({ action, actorKind, actorId, target })) return;
  await recordEvent(acting, action, { target });
}

/** Records a user as the one who acts. */
export const asUser = (id: string, name: string) => ({ actorKind: 'user', actorId: id, actorName: name });
