'use client';

import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Button, type Icon } from './button';

interface MenuProps {
  label: string;
  icon: Icon;
  /** Renders the items, given the function that closes the menu. */
  children: (close: () => void) => ReactNode;
}

/** A button that unfolds a list of links and actions below it, over the page. */
export function Menu({ label, icon, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const listId = useId();
  const close = () => setOpen(false);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape' || !isOpen) return;
    close();
    frame.current?.querySelector('button')?.focus();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches what its controls do
    <div ref={frame} className="relative min-w-0" onKeyDown={onKeyDown} onBlur={onBlur}>
      <Button
        kind="quiet"
        size="folding"
        icon={icon}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="flex items-center gap-1.5">
          <span className="max-w-56 truncate">{label}</span>
          <ChevronDown className="size-4" aria-hidden="true" />
        </span>
      </Button>
      <ul
        id={listId}
        hidden={!isOpen}
        // It takes the focus of a click beside its items, so that it stays open.
        tabIndex={-1}
        className="panel absolute top-full right-0 z-30 mt-2 w-56 p-1.5 shadow-dialog"
      >
        {/* On a phone, the button shows its icon alone. */}
        <li className="truncate px-3 py-2 text-soft text-sm sm:hidden">{label}</li>
        {children(close)}
      </ul>
    </div>
  );
}

const item =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left font-medium text-sm transition-colors ' +
  'hover:bg-sunken disabled:opacity-40 aria-[current]:bg-tint sm:min-h-10';

function Inside({ icon: ItemIcon, children }: { icon: Icon; children: ReactNode }) {
  return (
    <>
      <ItemIcon className="size-4 shrink-0 text-soft" aria-hidden="true" />
      {children}
    </>
  );
}

interface MenuLinkProps {
  href: string;
  icon: Icon;
  /** Whether it is the page that is open. */
  isCurrent: boolean;
  onFollow: () => void;
  children: ReactNode;
}

/** An item that leads to a page. */
export function MenuLink({ href, icon, isCurrent, onFollow, children }: MenuLinkProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className={item}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onFollow}
      >
        <Inside icon={icon}>{children}</Inside>
      </Link>
    </li>
  );
}

interface MenuActionProps {
  icon: Icon;
  isBusy: boolean;
  onAct: () => void;
  children: ReactNode;
}

/** An item that does something. */
export function MenuAction({ icon, isBusy, onAct, children }: MenuActionProps) {
  return (
    <li>
      <button type="button" className={item} disabled={isBusy} onClick={onAct}>
        <Inside icon={icon}>{children}</Inside>
      </button>
    </li>
  );
}
