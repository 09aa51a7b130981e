'use client';

import { Check, Copy, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, type ButtonLook } from './button';

interface CopyButtonProps extends ButtonLook {
  /** Called on click, because only the browser can make an absolute address. */
  text: () => string;
  label: string;
}

type Outcome = 'copied' | 'refused';
const outcomeWords = { copied: 'Copied', refused: 'Not copied' } as const;
const outcomeIcons = { copied: Check, refused: X } as const;

/** Copies a text, and says for a moment whether that worked. */
export function CopyButton({ text, label, icon = Copy, ...look }: CopyButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 1800);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    if (button.current) setOutcome((await copyText(text(), button.current)) ? 'copied' : 'refused');
  };

  return (
    <Button
      {...look}
      ref={button}
      icon={outcome === null ? icon : outcomeIcons[outcome]}
      onClick={copy}
      aria-live="polite"
    >
      {outcome === null ? label : outcomeWords[outcome]}
    </Button>
  );
}

interface CopyLineProps {
  label: string;
  /** The text that is shown. */
  text: string;
  /** The text that is copied, if it differs from the one shown. */
  copied?: () => string;
}

/** A label, a technical value in full, and a button that copies it. */
export function CopyLine({ label, text, copied }: CopyLineProps) {
  return (
    <div className="flex items-center gap-2 py-1">
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-4">
        <p className="w-36 shrink-0 text-soft text-xs">{label}</p>
        <p className="min-w-0 break-all font-mono text-[0.8125rem]" dir="ltr">
          {text}
        </p>
      </div>
      <CopyButton size="icon" kind="quiet" label={`Copy: ${label}`} text={copied ?? (() => text)} />
    </div>
  );
}

/** Lines with values that are shown for a moment only. */
export function CopyLines({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <div className={`divide-y divide-line rounded-control bg-sunken px-4 py-2 ${className}`}>{children}</div>
  );
}

/**
 * Copies text to the clipboard. The Clipboard API exists only on HTTPS and localhost; elsewhere `execCommand`
 * copies from a field beside the button (inside an open dialog, nothing outside of it can take the focus).
 * @returns whether it worked
 */
async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    if (navigator.clipboard === undefined) return copyByCommand(text, beside);
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text, beside);
  }
}

function copyByCommand(text: string, beside: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.cssText = 'position:fixed;top:0;left:0;opacity:0';
  beside.after(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    beside.focus();
  }
}
