import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/app/_features/account/account-menu';
import { RunningUploads } from '@/app/_features/uploads/running-uploads';
import { SessionProvider } from '@/app/_lib/session';
import { Wordmark } from '@/app/_ui/wordmark';
import { acting } from '@/lib/http/bridge';
import { whoAmI } from '@/lib/users/who-am-i';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Cenclave', template: '%s · Cenclave' },
  description: 'Upload a video, stream it encrypted.',
  manifest: '/manifest.webmanifest',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' }, apple: '/apple-touch-icon.png' },
};

/** Each response has its own nonce for its scripts, so it must not be cached. */
export const dynamic = 'force-dynamic';

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f2f5f0' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1210' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  const session = whoAmI(acting());
  return (
    <html lang="en">
      <body>
        <SessionProvider session={session}>
          <SiteHeader hasLibrary={session.permissions.includes('video.read')} />
          {children}
        </SessionProvider>
      </body>
    </html>
  );
}

/** @param hasLibrary whether the wordmark leads to the library */
function SiteHeader({ hasLibrary }: { hasLibrary: boolean }) {
  return (
    <header className="border-line border-b bg-surface">
      <div className="shell flex h-16 items-center justify-between gap-4">
        {hasLibrary ? (
          <Link
            href="/"
            prefetch={false}
            className="-mx-2 flex rounded-control px-2 py-1.5"
            aria-label="Cenclave: library"
          >
            <Wordmark />
          </Link>
        ) : (
          <Wordmark />
        )}
        <div className="flex min-w-0 items-center gap-1 sm:gap-3">
          <RunningUploads />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
