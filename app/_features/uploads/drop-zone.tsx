'use client';

import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/app/_ui/button';
import { Disclosure } from '@/app/_ui/disclosure';
import { FailureLine } from '@/app/_ui/notice';

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

/** The place where videos are added: a button, and the options for what is made of them. */
export function DropZone(props: DropZoneProps) {
  return (
    <section aria-label="Upload" className="viewfinder bg-surface/60" data-closed={props.isDragActive}>
      <div className="flex flex-col items-center gap-4 px-6 pt-10 pb-6 text-center">
        <Button kind="primary" size="large" icon={Plus} onClick={props.onChoose}>
          Choose videos
        </Button>
        <p className="text-soft text-sm pointer-coarse:hidden">or drop them anywhere on this page</p>
        <FailureLine text={props.problem} />
      </div>
      <Disclosure
        summary={
          <>
            Options
            {props.optionsNote && <span className="truncate font-normal text-xs">· {props.optionsNote}</span>}
          </>
        }
        look="center"
        isOpen={props.isOptionsOpen}
        onToggle={props.onToggleOptions}
        className="px-3 pb-3"
      >
        <div className="px-3 pt-3 pb-4 text-left sm:px-5">{props.options}</div>
      </Disclosure>
    </section>
  );
}

/** Covers the page while files are dragged over it, so that they can be dropped anywhere. */
export function DropOverlay() {
  return (
    <div className="fixed inset-0 z-40 grid place-items-center bg-paper/90 p-6 backdrop-blur-sm">
      <div className="viewfinder grid w-full max-w-2xl place-items-center px-8 py-24" data-closed="true">
        <p className="text-center font-semibold text-title">Drop to upload</p>
      </div>
    </div>
  );
}
