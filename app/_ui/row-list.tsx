import type { ReactNode } from 'react';

/** Short entries, one below the other. `data-testid` names the list for tests. */
export function RowList({ label, isInner = false, children, ...rest }: RowListProps) {
  const frame = isInner ? 'rounded-control border border-line' : 'panel';
  return (
    <ul {...rest} aria-label={label} className={`min-w-0 divide-y divide-line ${frame}`}>
      {children}
    </ul>
  );
}

interface RowListProps {
  /** Names the list for screen readers. */
  label?: string;
  /** Whether it lies within a panel already. */
  isInner?: boolean;
  children: ReactNode;
  [data: `data-${string}`]: string;
}

interface RowProps {
  /** A name that somebody gave. */
  title: string;
  /** Stands beside the title. */
  badge?: ReactNode;
  /** Facts, under the title. */
  note: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
}

/** An entry of a list: its name, facts about it, and actions. */
export function Row({ title, badge, note, children }: RowProps) {
  return (
    <li className="flex min-h-16 items-center gap-4 py-2 pr-2 pl-5 sm:pr-3 sm:pl-6">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <p className="max-w-full truncate font-medium text-sm" title={title}>
            <bdi>{title}</bdi>
          </p>
          {badge}
        </div>
        <p className="mt-0.5 text-pretty text-soft text-xs">{note}</p>
      </div>
      {children && <div className="flex shrink-0 items-center gap-1">{children}</div>}
    </li>
  );
}
