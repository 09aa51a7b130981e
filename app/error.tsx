'use client';

import { Notice } from '@/app/_ui/notice';

/** The page that Next shows when rendering a page has thrown an error. */
export default function PageError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="shell flex-1 py-16">
      <Notice title="This page stopped working" action={{ label: 'Try again', onAct: retry }}>
        Something in it failed. Nothing that you uploaded is lost.
      </Notice>
    </main>
  );
}
