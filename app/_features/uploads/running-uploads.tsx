'use client';

import { ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { formatPercent } from '@/app/_lib/format';
import { useSession } from '@/app/_lib/session';
import { uploadTotals } from './upload';
import { useUploads } from './use-uploads';

/** The progress of the uploads, shown on pages other than the library: they continue there. */
export function RunningUploads() {
  const { isOpen } = useSession();
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
      <span className="whitespace-nowrap">
        {/* On a phone, there is no room for it beside the menu of an account. */}
        <span className={isOpen ? '' : 'max-sm:sr-only'}>
          {running === 1 ? 'Uploading' : `Uploading ${running}`} ·{' '}
        </span>
        {formatPercent(progress)}
      </span>
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
