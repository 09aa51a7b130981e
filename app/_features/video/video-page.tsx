'use client';

import { notFound, useRouter } from 'next/navigation';
import { PackagePanel } from '@/app/_features/packages/package-panel';
import { errorMessageOf, isNotFound } from '@/app/_lib/api-client';
import { BackLink } from '@/app/_ui/back-link';
import { Notice } from '@/app/_ui/notice';
import type { TextsView } from '@/lib/videos/text-view';
import type { VideoView } from '@/lib/videos/video-view';
import { NewPackage } from './new-package';
import { TextsSection } from './texts-section';
import { useVideo } from './use-video';
import { VideoHeader } from './video-header';

interface VideoPageProps {
  initial: VideoView;
  initialTexts: TextsView;
}

export function VideoPage({ initial, initialTexts }: VideoPageProps) {
  const { video, error, refresh } = useVideo(initial);
  if (isNotFound(error)) notFound();
  return (
    <main className="shell flex-1 pt-4 pb-24 sm:pt-6">
      <BackLink href="/" label="Library" />
      {error !== undefined && (
        <div className="my-4">
          <Notice title="This page may be out of date" action={{ label: 'Try again', onAct: refresh }}>
            {errorMessageOf(error)}
          </Notice>
        </div>
      )}
      <VideoContent video={video} refresh={refresh} />
      <TextsSection video={video} initial={initialTexts} onChanged={refresh} />
    </main>
  );
}

function VideoContent({ video, refresh }: { video: VideoView; refresh: () => Promise<void> }) {
  const router = useRouter();
  return (
    <>
      <VideoHeader video={video} onDeleted={() => router.push('/')} />
      <section aria-labelledby="packages-title" className="mt-12">
        <h2 id="packages-title" className="mb-4 font-semibold text-title">
          Packages
        </h2>
        {video.packages.length === 0 && (
          <p className="mb-4 text-soft">
            None yet. A package is an encrypted version of the video that plays in the browser.
          </p>
        )}
        <div className="grid gap-5">
          {video.packages.map((pkg, index) => (
            <PackagePanel key={pkg.id} pkg={pkg} isUnfolded={index === 0} onChanged={refresh} />
          ))}
          <NewPackage video={video} onRequested={refresh} />
        </div>
      </section>
    </>
  );
}
