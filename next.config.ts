import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks the types of the whole tree; a build for use need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // The build compresses scripts (server/static-files.ts). Tracks are already; API answers are small, and
  // streams would be held back.
  compress: false,
  serverExternalPackages: ['@tus/file-store', '@tus/server', 'better-sqlite3', 'formidable', 'pino'],
  // No page has images of it; the gate (lib/http/request-gate.ts) lets nobody ask for it either.
  images: { unoptimized: true },
  // The legacy API uploads with `POST /`, where a page is as well: the body's type decides.
  rewrites: async () => ({
    beforeFiles: [
      {
        source: '/',
        has: [{ type: 'header', key: 'content-type', value: 'multipart/form-data.*' }],
        destination: '/upload',
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
};

export default config;
