import { Ban } from 'lucide-react';
import { Badge } from '@/app/_ui/badge';
import { LocalTime } from '@/app/_ui/local-time';
import type { AuditView } from '@/lib/audit/list-events';
import { actionName } from './action-names';

const headings = ['When', 'Who', 'What', 'Details'];

/** Events, one a row. On a phone, the cells of a row stand below each other. */
export function AuditTable({ events }: { events: AuditView[] }) {
  return (
    <div className="panel mt-6 overflow-hidden">
      <table className="w-full text-left text-sm max-sm:block">
        <thead className="max-sm:sr-only">
          <tr className="text-soft text-xs [&>*]:px-4 [&>*]:py-3 [&>:first-child]:pl-6">
            {headings.map((heading) => (
              <th key={heading} scope="col" className="font-normal">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {events.map((event) => (
            <AuditRow key={event.id} event={event} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Beside the text before it on a phone, below it elsewhere. */
const aside = "break-all text-soft text-xs max-sm:not-first:before:content-['_·_'] sm:block";

function AuditRow({ event: { at, actor, address, action, target, outcome, detail } }: { event: AuditView }) {
  return (
    <tr
      className="border-line border-t align-top max-sm:grid max-sm:gap-0.5 max-sm:px-5 max-sm:py-3 max-sm:first:border-t-0 sm:[&>*]:px-4 sm:[&>*]:py-3 sm:[&>:first-child]:pl-6"
      data-testid="audit-row"
    >
      <td className="whitespace-nowrap text-soft tabular-nums max-sm:order-last max-sm:text-xs">
        <LocalTime iso={at} />
      </td>
      <td className="min-w-0 break-words">
        <bdi>{actor.name ?? 'Not signed in'}</bdi>
        {address !== null && <span className={aside}>{address}</span>}
      </td>
      <td className="font-medium max-sm:order-first sm:whitespace-nowrap">
        <span className="flex flex-wrap items-center gap-2">
          {actionName(action)}
          {outcome === 'refused' && (
            <Badge tone="bad" icon={Ban}>
              Refused
            </Badge>
          )}
        </span>
      </td>
      <td className="min-w-0 break-words max-sm:empty:hidden">
        {detail !== null && <bdi>{detail}</bdi>}
        {target !== null && <span className={aside}>{target}</span>}
      </td>
    </tr>
  );
}
