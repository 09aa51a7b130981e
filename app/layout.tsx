import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { SiteHeader } from '@/app/_features/uploads/site-header';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Cenclave', template: '%s · Cenclave' },
  description: 'Upload a video, stream it encrypted.',
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
