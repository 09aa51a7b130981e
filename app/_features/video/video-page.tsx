'use client';

import { notFound, useRouter } from 'next/navigation';
import useSWR from 'swr';
import { PackagePanel } from '@/app/_features/packages/package-panel';
import { isInWork } from '@/app/_features/packages/package-status-text';
import { callApi, errorMessageOf, isNotFound } from '@/app/_lib/api-client';
import { useSession } from '@/app/_lib/session';
import { Notice } from '@/app/_ui/notice';
import { BackLink, Section } from '@/app/_ui/page-parts';
import type { TextsView } from '@/lib/videos/text-view';
import type { VideoView } from '@/lib/videos/video-view';
import { NewPackage } from './new-package';
import { TextsSection } from './texts-section';
import { VideoHeader } from './video-header';
import { VisibilityField } from './visibility-field';

interface VideoPageProps {
  initial: VideoView;
  initialTexts: TextsView;
}

/** A video with its packages, captions and subtitles. */
export function VideoPage({ initial, initialTexts }: VideoPageProps) {
  const { may, isOpen } = useSession();
  const router = useRouter();
  const { video, error, refresh } = useVideo(initial);
  if (isNotFound(error)) notFound();
  return (
    <main className="shell flex-1 pt-4 pb-24 sm:pt-6">
      <BackLink href="/" label="Library" />
      {error !== undefined && (
        <Notice
          title="This page may be out of date"
          action={{ label: 'Try again', onAct: refresh }}
          className="my-4"
        >
          {errorMessageOf(error)}
        </Notice>
      )}
      <VideoHeader video={video} onChanged={refresh} onDeleted={() => router.push('/')} />
      {may('video.write') && !isOpen && <VisibilityField video={video} onChanged={refresh} />}
      <Section title="Packages" className="mt-12">
        {video.packages.length === 0 && (
          <p className="mb-4 text-soft">
            None yet. A package is an encrypted version of the video that plays in the browser.
          </p>
        )}
        <div className="grid gap-5">
          {video.packages.map((pkg, index) => (
            <PackagePanel key={pkg.id} pkg={pkg} isUnfolded={index === 0} onChanged={refresh} />
          ))}
          {may('package.write') && <NewPackage video={video} onRequested={refresh} />}
        </div>
      </Section>
      <TextsSection video={video} initial={initialTexts} onChanged={refresh} />
    </main>
  );
}

const whileInWorkMs = 1000;

/**
 * The current state of a video, starting with the one that the page was rendered with; refreshed every second
 * while work on a package waits or runs.
 */
function useVideo(initial: VideoView) {
  const { data, error, mutate } = useSWR<VideoView, unknown>(
    initial.links.self,
    () => callApi('GET', '/api/videos/{id}', { params: { id: initial.id } }),
    {
      fallbackData: initial,
      refreshInterval: (video) =>
        (video ?? initial).packages.some((pkg) => isInWork(pkg.status)) ? whileInWorkMs : 0,
      shouldRetryOnError: (failure: unknown) => !isNotFound(failure),
      errorRetryInterval: 3000,
    },
  );
  return { video: data ?? initial, error, refresh: async () => void (await mutate()) };
}
