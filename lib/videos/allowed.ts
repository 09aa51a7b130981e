import { decide, type Resource } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { type Permission, permissions } from '@/lib/accounts/permission';

/** What the principal may do with a package: share links are about one package. */
export async function allowedWithPackage(acting: Acting, id: number): Promise<Permission[]> {
  const record = await acting.ledger.findPackage(id);
  return allowedWith(acting, record && { ...record.video, packageId: id });
}

/** What the principal may do with a video or a package: pages show nothing else. */
export const allowedWith = (
  { principal }: Pick<Acting, 'principal'>,
  resource: Resource | undefined,
): Permission[] =>
  resource ? permissions.filter((one) => decide(principal, one, resource) === 'allowed') : [];
