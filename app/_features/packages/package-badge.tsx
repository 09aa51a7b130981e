import { CircleCheck, CircleSlash, Clock, Loader, TriangleAlert } from 'lucide-react';
import type { PackageView } from '@/lib/packages/package-view';
import { badgeOf, type Tone } from './package-status-text';

const looks: Record<Tone, string> = {
  good: 'bg-tint text-accent',
  work: 'bg-work-tint text-work',
  idle: 'bg-sunken text-soft',
  bad: 'bg-bad-tint text-bad',
};

function iconOf(tone: Tone, status: PackageView['status']) {
  if (tone === 'good') return CircleCheck;
  if (tone === 'work') return Loader;
  if (tone === 'bad') return TriangleAlert;
  return status === 'queued' ? Clock : CircleSlash;
}

/** A package's status in one or two words. */
export function PackageBadge({ pkg }: { pkg: PackageView }) {
  const { tone, text } = badgeOf(pkg);
  const Icon = iconOf(tone, pkg.status);
  return (
    <span
      data-testid="package-badge"
      data-status={pkg.status}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-medium text-xs ${looks[tone]}`}
    >
      <Icon
        className={`size-3.5 ${tone === 'work' ? 'animate-spin [animation-duration:3s]' : ''}`}
        aria-hidden="true"
      />
      {text}
    </span>
  );
}
