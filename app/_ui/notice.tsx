import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyle } from './button-style';

interface NoticeProps {
  title: string;
  children?: ReactNode;
  action?: { label: string; onAct: () => void };
}

/** Describes a failure: what happened, and what to do. */
export function Notice({ title, children, action }: NoticeProps) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-6 gap-y-4 rounded-panel bg-bad-tint p-5 sm:p-6"
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-3.5">
        <TriangleAlert className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden="true" />
        <div className="min-w-0">
          <p className="font-semibold">{title}</p>
          {children && <div className="mt-1 text-soft text-sm">{children}</div>}
        </div>
      </div>
      {action && (
        <button type="button" className={buttonStyle('plain')} onClick={action.onAct}>
          {action.label}
        </button>
      )}
    </div>
  );
}
