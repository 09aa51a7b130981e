import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from './button-style';
import { Mark } from './wordmark';

/** The page for an address that does not exist. */
export function NotFoundPanel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="shell flex flex-1 flex-col items-center justify-center gap-5 py-20 text-center">
      <Mark className="size-14 opacity-40 grayscale" />
      <h1 className="max-w-xl text-balance font-semibold text-title">{title}</h1>
      <p className="max-w-md text-pretty text-soft">{children}</p>
      <Link href="/" className={buttonStyle('primary')}>
        Go to the library
      </Link>
    </main>
  );
}
