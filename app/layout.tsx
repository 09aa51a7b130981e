import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { RunningUploads } from '@/app/_features/uploads/running-uploads';
import { Wordmark } from '@/app/_ui/wordmark';
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
  return (
    <html lang="en">
      <body>
        <SiteHeader />
        {children}
      </body>
    </html>
  );
}

function SiteHeader() {
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
