'use client';

import { ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { formatPercent } from '@/app/_lib/format';
import { uploadTotals } from './upload';
import { useUploads } from './use-uploads';

/** The progress of the uploads, shown on pages other than the library: they continue there. */
export function RunningUploads() {
  const { uploads } = useUploads();
  const { running, progress } = uploadTotals(uploads);
  useUnloadWarning(running > 0);
  if (usePathname() === '/' || running === 0) return null;
  return (
    <Link
      href="/"
      prefetch={false}
      className="inline-flex min-h-10 items-center gap-2 rounded-full bg-work-tint px-4 font-medium text-sm text-work tabular-nums"
    >
      <ArrowUp className="size-4" aria-hidden="true" />
      {running === 1 ? 'Uploading' : `Uploading ${running}`} · {formatPercent(progress)}
    </Link>
  );
}

/** Makes the browser ask before it leaves the site, because leaving stops the uploads. */
function useUnloadWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);
}
