import type { ReactNode } from 'react';
import { Mark } from '@/app/_ui/wordmark';

/** The middle of a page for who is not signed in yet. */
export function Entrance({ children }: { children: ReactNode }) {
  return (
    <main className="shell flex flex-1 flex-col items-center py-10 sm:py-20">
      <div className="w-full max-w-md">{children}</div>
    </main>
  );
}

/** What is to be known instead of a form. */
export function EntranceMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="panel p-5 sm:p-6">
      <Mark className="mb-4 size-10" />
      <h1 className="text-balance font-semibold text-title">{title}</h1>
      <div className="mt-2 grid justify-items-start gap-4 text-pretty text-soft">{children}</div>
    </div>
  );
}
