import { chainHash } from '@/lib/accounts/audit-event';
import { keyFor } from '@/lib/accounts/secret';
import type { App } from '@/lib/app/app';
import type { Finding } from './finding';

/**
 * Checks that the audit log has every event that was recorded, as it was recorded. Who has the master key can
 * write a log that fits; the server's own log has the same events a second time.
 */
export async function* checkAuditLog({
  access,
  masterKey,
}: Pick<App, 'access' | 'masterKey'>): AsyncGenerator<Finding> {
  const key = keyFor('audit', masterKey);
  let before = { id: 0, hash: '' };
  for await (const event of access.allEvents()) {
    const { id, hash } = event;
    if (id !== before.id + 1)
      yield changed(`The events ${before.id + 1} to ${id - 1} of the audit log are missing.`);
    else if (chainHash(key, event, before.hash) !== hash)
      yield changed(`Event ${id} of the audit log, or the one before it, was changed.`);
    before = { id, hash };
  }
  const last = await access.lastEventId();
  if (last > before.id) yield changed(`The events ${before.id + 1} to ${last} of the audit log are missing.`);
}

const changed = (what: string): Finding => ({ kind: 'audit-log-changed', what });
