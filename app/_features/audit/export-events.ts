import { callApi } from '@/app/_lib/api-client';
import type { AuditView } from '@/lib/audit/list-events';
import type { AuditAction } from './action-names';

/**
 * All events of this kind, newest first.
 * @throws ApiError
 */
export async function fetchEvents(action: AuditAction | undefined): Promise<AuditView[]> {
  const events: AuditView[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: '200', ...(action && { action }), ...(cursor && { cursor }) };
    const page: { items: AuditView[]; nextCursor: string | null } = await callApi('GET', '/api/audit', {
      query,
    });
    events.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return events;
}

/** One JSON object a line (jsonlines.org). */
export const asJsonLines = (events: readonly AuditView[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

const columns = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'address',
  'action',
  'target',
  'outcome',
  'detail',
];

/** Comma-separated values (RFC 4180). */
export function asCsv(events: readonly AuditView[]): string {
  const rows = events.map(({ id, at, actor, address, action, target, outcome, detail }) => [
    ...[String(id), at, actor.kind, actor.id, actor.name, address, action, target, outcome, detail],
  ]);
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins like a formula for one: an apostrophe makes it text. */
function csvCell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Makes the browser save a text as a file. */
export function saveText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has started to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
