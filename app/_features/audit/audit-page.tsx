import { ButtonLink } from '@/app/_ui/button';
import { TitledPage } from '@/app/_ui/page-parts';
import type { AuditView } from '@/lib/audit/list-events';
import type { Page } from '@/lib/http/page';
import type { AuditAction } from './action-names';
import { AuditTable } from './audit-table';
import { AuditTools } from './audit-tools';

interface AuditPageProps {
  page: Page<AuditView>;
  action: AuditAction | undefined;
  /** Whether newer events are on a page before. */
  isOlder: boolean;
}

/** Who did what, for administrators. The address has the filter and the page. */
export function AuditPage({ page: { items, nextCursor }, action, isOlder }: AuditPageProps) {
  return (
    <TitledPage title="Audit log" intro="Who did what, newest first. Nobody can change it here.">
      <AuditTools action={action} />
      {items.length === 0 ? (
        <p className="panel mt-6 p-6 text-soft">Nothing is recorded here yet.</p>
      ) : (
        <AuditTable events={items} />
      )}
      <nav aria-label="Pages" className="mt-6 flex flex-wrap justify-center gap-2">
        {isOlder && <ButtonLink href={auditAddress(action)}>Newest</ButtonLink>}
        {nextCursor !== null && <ButtonLink href={auditAddress(action, nextCursor)}>Older</ButtonLink>}
      </nav>
    </TitledPage>
  );
}

function auditAddress(action: string | undefined, cursor?: string): string {
  const search = new URLSearchParams({ ...(action && { action }), ...(cursor && { cursor }) }).toString();
  return search === '' ? '/audit' : `/audit?${search}`;
}
