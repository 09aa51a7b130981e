import { CircleCheck, CircleSlash, Clock, Loader, TriangleAlert } from 'lucide-react';
import { Badge } from '@/app/_ui/badge';
import type { PackageView } from '@/lib/packages/package-view';
import { badgeOf, type Tone } from './package-status-text';

function iconOf(tone: Tone, status: PackageView['status']) {
  if (tone === 'good') return CircleCheck;
  if (tone === 'work') return Loader;
  if (tone === 'bad') return TriangleAlert;
  return status === 'queued' ? Clock : CircleSlash;
}

/** A package's status in one or two words. */
export function PackageBadge({ pkg }: { pkg: PackageView }) {
  const { tone, text } = badgeOf(pkg);
  return (
    <Badge tone={tone} icon={iconOf(tone, pkg.status)} data-testid="package-badge" data-status={pkg.status}>
      {text}
    </Badge>
  );
}
