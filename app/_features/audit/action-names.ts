import type { z } from 'zod';
import type { auditQuery } from '@/lib/audit/list-events';

export type AuditAction = NonNullable<z.output<typeof auditQuery>['action']>;

const names: Record<AuditAction, string> = {
  setup: 'Set up the server',
  'sign-in': 'Sign-in',
  'sign-out': 'Sign-out',
  'password-change': 'Changed the password',
  'user-create': 'Created a user',
  'user-change': 'Changed a user',
  'user-delete': 'Deleted a user',
  'user-invite': 'Made a password link',
  'session-end': 'Ended a session',
  'token-create': 'Created an API token',
  'token-delete': 'Revoked an API token',
  'share-create': 'Made a share link',
  'share-delete': 'Revoked a share link',
  'share-open': 'Opened a share link',
  'keys-reveal': 'Read keys',
  license: 'Got a license',
  'video-delete': 'Deleted a video',
  'package-delete': 'Deleted a package',
};

/** The name of an action; an unknown one, as of a newer version, is returned unchanged. */
export const actionName = (action: string): string =>
  Object.hasOwn(names, action) ? names[action as AuditAction] : action;

export const actionChoices = (Object.keys(names) as AuditAction[]).map((value) => ({
  value,
  label: names[value],
}));
