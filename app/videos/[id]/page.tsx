import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { VideoPage } from '@/app/_features/video/video-page';
import { AllowedProvider } from '@/app/_lib/session';
import { AppError } from '@/lib/base/errors';
import { acting } from '@/lib/http/bridge';
import { parseId } from '@/lib/http/ids';
import { getVideo } from '@/lib/videos/get-video';
import { listTexts } from '@/lib/videos/list-texts';

interface PageProps {
  params: Promise<{ id: string }>;
}

/** Once per request, for the page and its title alike. */
const viewOf = cache(async (id: string) => {
  try {
    return await getVideo(acting(), parseId(id));
  } catch (error) {
    if (error instanceof AppError && ['video-not-found', 'id-not-number'].includes(error.code)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await viewOf((await params).id)).title };
}

export default async function Page({ params }: PageProps) {
  const video = await viewOf((await params).id);
  return (
    <AllowedProvider allowed={video.allowed}>
      <VideoPage initial={video} initialTexts={await listTexts(acting(), video.id)} />
    </AllowedProvider>
  );
}
