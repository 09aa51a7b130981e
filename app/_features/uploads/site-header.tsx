'use client';

import { ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatPercent } from '@/app/_lib/format';
import { Wordmark } from '@/app/_ui/wordmark';
import { uploadTotals } from './upload-totals';
import { useUnloadWarning, useUploads } from './use-uploads';

export function SiteHeader() {
  return (
    <header className="border-line border-b bg-surface">
      <div className="shell flex h-16 items-center justify-between gap-4">
        <Link
          href="/"
          prefetch={false}
          className="-mx-2 flex rounded-control px-2 py-1.5"
          aria-label="Cenclave: library"
        >
          <Wordmark />
        </Link>
        <RunningUploads />
      </div>
    </header>
  );
}

/** The progress of the uploads, shown on pages other than the library: they continue there. */
function RunningUploads() {
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
