export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger' | 'stage';

const shape =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium ' +
  'transition-colors disabled:pointer-events-none disabled:opacity-40';

const sizes = {
  normal: 'min-h-11 px-4 text-sm sm:min-h-10',
  large: 'min-h-12 px-6 text-base',
  icon: 'size-11 text-sm sm:size-10',
  /** An icon alone on a phone, with its label beside it elsewhere. */
  folding: 'min-h-11 text-sm max-sm:w-11 sm:min-h-10 sm:px-4',
} as const;

export type ButtonSize = keyof typeof sizes;

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-deep',
  plain: 'border border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken',
  quiet: 'text-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-paper hover:bg-bad-deep',
  stage: 'border border-stage-line bg-stage-raised text-stage-ink hover:border-stage-soft',
};

/** The classes of a button, also for links that look like one. */
export function buttonStyle(kind: ButtonKind, size: ButtonSize = 'normal'): string {
  return `${shape} ${sizes[size]} ${kinds[kind]}`;
}

/** The classes of a button's label, beside its icon. */
export function labelStyle(size: ButtonSize): string {
  if (size === 'icon') return 'sr-only';
  return size === 'folding' ? 'max-sm:sr-only' : '';
}
