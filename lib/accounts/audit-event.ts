import { createHmac } from 'node:crypto';

/** What is recorded: each action has its name here. */
export const auditActions = [
  'setup',
  'sign-in',
  'sign-out',
  'password-change',
  'user-create',
  'user-change',
  'user-delete',
  'user-invite',
  'session-end',
  'token-create',
  'token-delete',
  'share-create',
  'share-delete',
  'share-open',
  'keys-reveal',
  'license',
  'video-delete',
  'package-delete',
] as const;

export type AuditAction = (typeof auditActions)[number];
export const auditOutcomes = ['done', 'refused'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Who did what, to which object, when, from where, and with what outcome. */
export interface AuditEvent {
  at: Date;
  actorKind: string;
  actorId: string | null;
  /** The name at that time: the user may be deleted later. */
  actorName: string | null;
  ip: string | null;
  action: string;
  /** Such as `package:12`. */
  target: string | null;
  outcome: AuditOutcome;
  /** More, in words. Never a secret. */
  detail: string | null;
}

/** An event as it is stored. */
export interface AuditRecord extends AuditEvent {
  id: number;
  /** Confirms this event and all before it. */
  hash: string;
}

/**
 * The hash of an event: an HMAC-SHA256 (RFC 2104) over it and the hash of the event before. Without the key,
 * nobody can change, remove or insert one so that the hashes still fit.
 */
export function chainHash(key: Buffer, event: AuditEvent & { id: number }, before: string): string {
  const { id, at, actorKind, actorId, actorName, ip, action, target, outcome, detail } = event;
  const fields = [id, at.getTime(), actorKind, actorId, actorName, ip, action, target, outcome, detail];
  return createHmac('sha256', key)
    .update(JSON.stringify([before, ...fields]))
    .digest('hex');
}
