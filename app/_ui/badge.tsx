import type { ComponentProps } from 'react';
import type { Icon } from './button';

const tones = {
  good: 'bg-tint text-accent',
  work: 'bg-work-tint text-work',
  idle: 'bg-sunken text-soft',
  bad: 'bg-bad-tint text-bad',
} as const;

interface BadgeProps extends Omit<ComponentProps<'span'>, 'className'> {
  tone: keyof typeof tones;
  icon: Icon;
  [data: `data-${string}`]: string;
}

/** A status in one or two words. While work is under way, its icon turns. */
export function Badge({ tone, icon: Icon, children, ...rest }: BadgeProps) {
  return (
    <span
      {...rest}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-medium text-xs ${tones[tone]}`}
    >
      <Icon
        className={`size-3.5 ${tone === 'work' ? 'animate-spin [animation-duration:3s]' : ''}`}
        aria-hidden="true"
      />
      {children}
    </span>
  );
}
