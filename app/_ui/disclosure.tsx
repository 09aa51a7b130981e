import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

const looks = {
  /** The whole row unfolds it. */
  row: 'min-h-12 px-5 sm:px-6',
  /** Its words alone unfold it, in the middle. */
  center: 'mx-auto min-h-11 w-fit max-w-full rounded-control px-4',
} as const;

interface DisclosureProps {
  summary: ReactNode;
  look: keyof typeof looks;
  isOpen: boolean;
  onToggle?: (isOpen: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** Content that unfolds below its summary. */
export function Disclosure({ summary, look, isOpen, onToggle, className = '', children }: DisclosureProps) {
  return (
    <details
      className={`group ${className}`}
      open={isOpen}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary
        className={`flex list-none items-center gap-2 font-medium text-sm text-soft transition-colors hover:text-ink ${looks[look]}`}
      >
        <ChevronDown
          className="size-4 shrink-0 transition-transform group-open:rotate-180"
          aria-hidden="true"
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
