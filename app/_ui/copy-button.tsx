'use client';

import { Check, Copy, X } from 'lucide-react';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { type ButtonKind, type ButtonSize, buttonStyle, labelStyle } from './button-style';
import { copyText } from './copy-text';

interface CopyButtonProps {
  /** Called on click, because only the browser can make an absolute address. */
  text: () => string;
  label: string;
  kind?: ButtonKind;
  size?: ButtonSize;
  icon?: ComponentType<{ className?: string }>;
}

type Outcome = 'copied' | 'refused';
const outcomeWords = { copied: 'Copied', refused: 'Not copied' } as const;
const outcomeIcons = { copied: Check, refused: X } as const;

export function CopyButton({ text, label, kind = 'plain', size = 'normal', icon = Copy }: CopyButtonProps) {
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

  const Icon = outcome === null ? icon : outcomeIcons[outcome];
  const words = outcome === null ? label : outcomeWords[outcome];
  return (
    <button
      ref={button}
      type="button"
      onClick={copy}
      title={size === 'normal' ? undefined : label}
      className={buttonStyle(kind, size)}
    >
      <Icon className="size-4" aria-hidden="true" />
      <span className={labelStyle(size)} aria-live="polite">
        {words}
      </span>
    </button>
  );
}
