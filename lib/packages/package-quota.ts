import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import type { Priority } from '@/lib/media/priority';

/** How many packages of a user's videos may wait at a time; administrators have no limit. */
const mostWaiting = 50;
const retryAfterSeconds = 60;

/** The user whose requests are limited; null where nobody is. */
function limitedUser({ principal }: Pick<Acting, 'principal'>): string | null {
  const isMember = principal.kind === 'user' || principal.kind === 'token';
  return isMember && principal.role !== 'administrator' ? principal.userId : null;
}

/**
 * Refuses another package while many of the same user wait.
 * @throws AppError `too-many-requests`
 */
export async function checkWaiting(acting: Acting): Promise<void> {
  const userId = limitedUser(acting);
  if (userId === null || (await acting.ledger.countWaiting(userId)) < mostWaiting) return;
  const message = `${mostWaiting} packages of your videos are waiting. Request others when some are done.`;
  throw new AppError('too-many-requests', message, { retryAfterSeconds });
}

/**
 * Leaves high priority to administrators: others' work waits for it.
 * @throws AppError `not-allowed`
 */
export function checkPriority(acting: Pick<Acting, 'principal'>, priority: Priority): void {
  if (priority !== 'high' || limitedUser(acting) === null) return;
  const field = { field: 'priority' };
  throw new AppError('not-allowed', 'Only administrators may give high priority.', field);
}
