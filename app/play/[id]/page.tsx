import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { preload } from 'react-dom';
import { shakaAddress } from '@/app/_features/player/open-shaka';
import { PlayPage } from '@/app/_features/player/play-page';
import { AllowedProvider } from '@/app/_lib/session';
import { AppError } from '@/lib/base/errors';
import { acting } from '@/lib/http/bridge';
import { parseId } from '@/lib/http/ids';
import { getPackage } from '@/lib/packages/get-package';
import { allowedWithPackage } from '@/lib/videos/allowed';

interface PageProps {
  params: Promise<{ id: string }>;
}

/** Once per request, for the page and its title alike. */
const viewOf = cache(async (id: string) => {
  try {
    return await getPackage(acting(), parseId(id));
  } catch (error) {
    if (error instanceof AppError && ['package-not-found', 'id-not-number'].includes(error.code)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await viewOf((await params).id)).videoTitle };
}

export default async function Page({ params }: PageProps) {
  const view = await viewOf((await params).id);
  // The player will request them once the page's code has loaded.
  if (view.links.manifest) preload(view.links.manifest, { as: 'fetch', crossOrigin: 'anonymous' });
  preload(shakaAddress, { as: 'script' });
  return (
    <AllowedProvider allowed={await allowedWithPackage(acting(), view.id)}>
      <PlayPage initial={view} />
    </AllowedProvider>
  );
}
