import { decide, type Resource } from '@/lib/access/authorize';
import type { Acting } from '@/lib/access/principal';
import { type Permission, permissions } from '@/lib/accounts/permission';

/** What the principal may do with a video: for pages, which show nothing else. */
export const allowedWithVideo = async (acting: Acting, id: number): Promise<Permission[]> =>
  allowedWith(acting, await acting.ledger.findVideo(id));

/** What the principal may do with a package: share links are about one package. */
export async function allowedWithPackage(acting: Acting, id: number): Promise<Permission[]> {
  const record = await acting.ledger.findPackage(id);
  return allowedWith(acting, record && { ...record.video, packageId: id });
}

const allowedWith = ({ principal }: Acting, resource: Resource | undefined): Permission[] =>
  resource ? permissions.filter((one) => decide(principal, one, resource) === 'allowed') : [];
