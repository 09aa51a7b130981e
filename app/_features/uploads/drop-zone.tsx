'use client';

import { ChevronDown, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/app/_ui/button-style';
import { FailureLine } from '@/app/_ui/failure-line';

interface DropZoneProps {
  onChoose: () => void;
  isDragActive: boolean;
  /** The content under "Options". */
  options: ReactNode;
  isOptionsOpen: boolean;
  onToggleOptions: (isOpen: boolean) => void;
  /** A short note on options that differ from the defaults. */
  optionsNote: string | null;
  problem: string | null;
}

export function DropZone(props: DropZoneProps) {
  return (
    <section aria-label="Upload" className="viewfinder bg-surface/60" data-closed={props.isDragActive}>
      <div className="flex flex-col items-center gap-4 px-6 pt-10 pb-6 text-center">
        <button type="button" className={buttonStyle('primary', 'large')} onClick={props.onChoose}>
          <Plus className="size-5" aria-hidden="true" />
          Choose videos
        </button>
        <p className="text-soft text-sm pointer-coarse:hidden">or drop them anywhere on this page</p>
        <FailureLine text={props.problem} />
      </div>
      <details
        className="group px-3 pb-3"
        open={props.isOptionsOpen}
        onToggle={(event) => props.onToggleOptions(event.currentTarget.open)}
      >
        <summary className="mx-auto flex min-h-11 w-fit max-w-full list-none items-center gap-1.5 rounded-control px-4 font-medium text-sm text-soft hover:text-ink">
          <ChevronDown
            className="size-4 shrink-0 transition-transform group-open:rotate-180"
            aria-hidden="true"
          />
          Options
          {props.optionsNote && <span className="truncate font-normal text-xs">· {props.optionsNote}</span>}
        </summary>
        <div className="px-3 pt-3 pb-4 text-left sm:px-5">{props.options}</div>
      </details>
    </section>
  );
}
