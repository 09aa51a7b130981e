import { auditQuery, auditViewSchema, listEvents } from '@/lib/audit/list-events';
import { pageSchema } from '@/lib/http/page';
import { route } from '@/lib/http/route';

export const GET = route(
  {
    summary: 'List what was done, newest first',
    access: 'audit.read',
    query: auditQuery,
    answers: { 200: pageSchema(auditViewSchema) },
  },
  async ({ acting, query, answer }) => answer(200, await listEvents(acting, query)),
);
