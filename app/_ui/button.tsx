import Link from 'next/link';
import type { ComponentProps, ComponentType, ReactNode } from 'react';

/** An icon of Lucide, or one like it. */
export type Icon = ComponentType<{ className?: string; 'aria-hidden'?: 'true' }>;

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

const kinds = {
  primary: 'bg-accent text-on-accent hover:bg-accent-deep',
  plain: 'border border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken',
  quiet: 'text-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-paper hover:bg-bad-deep',
  stage: 'border border-stage-line bg-stage-raised text-stage-ink hover:border-stage-soft',
} as const;

/** What becomes of the label. */
const labels = { normal: '', large: '', icon: 'sr-only', folding: 'max-sm:sr-only' } as const;

export interface ButtonLook {
  kind?: keyof typeof kinds | undefined;
  size?: keyof typeof sizes | undefined;
  icon?: Icon | undefined;
  /** Whether the icon is solid. */
  isFilled?: boolean | undefined;
  /** Whether the icon follows the label. */
  isIconLast?: boolean | undefined;
  /** Its place among its neighbours; never its look. */
  className?: string | undefined;
}

const classOf = ({ kind = 'plain', size = 'normal', className = '' }: ButtonLook) =>
  `${shape} ${sizes[size]} ${kinds[kind]} ${className}`;

/** A label that may be hidden also becomes the tooltip. */
const tooltipOf = ({ size = 'normal' }: ButtonLook, label: ReactNode) =>
  labels[size] !== '' && typeof label === 'string' ? label : undefined;

const iconSizes = { normal: 'size-4', large: 'size-5', icon: 'size-4.5', folding: 'size-4' } as const;

function Inside({
  size = 'normal',
  icon: Icon,
  isFilled,
  isIconLast,
  children,
}: ButtonLook & { children: ReactNode }) {
  const place = `${isFilled ? 'fill-current' : ''} ${isIconLast ? 'order-last' : ''}`;
  return (
    <>
      {Icon && <Icon className={`${iconSizes[size]} ${place}`} aria-hidden="true" />}
      {children !== undefined && <span className={labels[size]}>{children}</span>}
    </>
  );
}

/**
 * A button: its children are the label, which is its name also where only the icon is visible. An icon whose
 * name repeats text beside it has `aria-label` instead.
 */
export function Button({
  kind,
  size,
  icon,
  isFilled,
  isIconLast,
  className,
  children,
  ...rest
}: ButtonLook & ComponentProps<'button'>) {
  const look = { kind, size, icon, isFilled, isIconLast, className };
  return (
    <button type="button" title={tooltipOf(look, children)} {...rest} className={classOf(look)}>
      <Inside {...look}>{children}</Inside>
    </button>
  );
}

interface ButtonLinkProps extends ButtonLook {
  /** Null while there is nothing behind the link: then it is a disabled button. */
  href: string | null;
  /** The tooltip while it is disabled. */
  whyNot?: string;
  /** Whether it downloads a file, which the server names. */
  isDownload?: boolean;
  /** Whether it leads to something else than a page of this app. */
  isOutside?: boolean;
  prefetch?: boolean;
  /** Called when the link is followed in this tab; the default can be prevented. */
  onNavigate?: ComponentProps<typeof Link>['onNavigate'];
  children: ReactNode;
}

/** A link that looks like a button. */
export function ButtonLink(props: ButtonLinkProps) {
  const { href, whyNot, isDownload, isOutside, prefetch, onNavigate, children, ...look } = props;
  const { className, ...rest } = look;
  if (href === null) {
    return (
      <span className={`inline-flex ${className ?? ''}`} title={whyNot}>
        <Button {...rest} className="flex-1" disabled>
          {children}
        </Button>
      </span>
    );
  }
  const link = { href, className: classOf(look), title: tooltipOf(look, children) };
  const inside = <Inside {...look}>{children}</Inside>;
  if (isDownload || isOutside)
    return (
      <a {...link} {...(isDownload ? { download: true } : {})}>
        {inside}
      </a>
    );
  return (
    <Link {...link} prefetch={prefetch ?? null} {...(onNavigate ? { onNavigate } : {})}>
      {inside}
    </Link>
  );
}
