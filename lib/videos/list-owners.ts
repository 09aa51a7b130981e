import type { Acting } from '@/lib/access/principal';
import { permissionsOf } from '@/lib/accounts/permission';

/** A user by whom the library can be filtered. */
export interface OwnerView {
  id: string;
  name: string;
}

/**
 * The other users among whom somebody can look for an owner, by name: all for those who manage users, none
 * for others. Null where nobody is signed in.
 */
export async function listOwners({ access, principal }: Acting): Promise<OwnerView[] | null> {
  if (principal.kind !== 'user') return null;
  if (!permissionsOf[principal.role].includes('user.manage')) return [];
  const users = await access.listUsers();
  return users.filter(({ id }) => id !== principal.userId).map(({ id, name }) => ({ id, name }));
}
