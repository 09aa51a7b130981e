import type { Metadata } from 'next';
import { AuditPage } from '@/app/_features/audit/audit-page';
import { auditQuery, listEvents } from '@/lib/audit/list-events';
import { acting } from '@/lib/http/bridge';

export const metadata: Metadata = { title: 'Audit log' };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** An address that is wrong shows the newest events. */
export default async function Page({ searchParams }: PageProps) {
  const { action, cursor } = await searchParams;
  const asked = auditQuery.safeParse({ action, cursor });
  const query = asked.success ? asked.data : {};
  const page = await listEvents(acting(), query);
  return <AuditPage page={page} action={query.action} isOlder={query.cursor !== undefined} />;
}
