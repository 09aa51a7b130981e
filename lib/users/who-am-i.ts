import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { needsAccounts, permissions, permissionsOf, roles } from '@/lib/accounts/permission';

/** Who asks, as the API answers it. */
export const whoAmISchema = z.object({
  kind: z
    .enum(['everybody', 'anonymous', 'user', 'token', 'share'])
    .describe('`everybody`: this server is open, and has no accounts.'),
  name: z.string().nullable(),
  role: z.enum(roles).nullable(),
  permissions: z.array(z.enum(permissions)).describe('What is allowed with one video at least.'),
});
export type WhoAmI = z.output<typeof whoAmISchema>;

/** Describes the principal. */
export function whoAmI({ principal }: Pick<Acting, 'principal'>): WhoAmI {
  const nobody = { name: null, role: null };
  switch (principal.kind) {
    case 'user':
      return { kind: 'user', ...nameAndRole(principal), permissions: [...permissionsOf[principal.role]] };
    case 'token': {
      const allowed = principal.scopes.filter((scope) => permissionsOf[principal.role].includes(scope));
      return { kind: 'token', ...nameAndRole(principal), permissions: allowed };
    }
    case 'share': {
      const withDownload = principal.grants.some((grant) => grant.allowsDownload);
      return { kind: 'share', ...nobody, permissions: withDownload ? ['play', 'download'] : ['play'] };
    }
    case 'anonymous':
      return { kind: 'anonymous', ...nobody, permissions: [] };
    default:
      return { kind: 'everybody', ...nobody, permissions: [...ofEverybody] };
  }
}

const nameAndRole = ({ name, role }: { name: string; role: WhoAmI['role'] }) => ({ name, role });

/** What is allowed without accounts. */
const ofEverybody = permissions.filter((permission) => !needsAccounts.includes(permission));
