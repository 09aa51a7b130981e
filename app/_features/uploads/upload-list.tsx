'use client';

import { countOf, formatPercent } from '@/app/_lib/format';
import type { Upload } from './upload-queue';
import { UploadRow } from './upload-row';
import { uploadTotals } from './upload-totals';
import { useUploads } from './use-uploads';

/** The uploads that run, wait or have failed. Renders nothing if there are none. */
export function UploadList() {
  const { uploads } = useUploads();
  if (uploads.length === 0) return null;
  return (
    <section aria-labelledby="uploads-title" className="panel overflow-hidden">
      <h2 id="uploads-title" className="border-line border-b px-5 py-3.5 font-semibold text-sm">
        {titleOf(uploads)}
      </h2>
      <ul className="divide-y divide-line">
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

function titleOf(uploads: readonly Upload[]): string {
  const { running, progress } = uploadTotals(uploads);
  if (running === 0) return `${countOf(uploads.length, 'upload')} failed`;
  return `Uploading ${countOf(running, 'video')} · ${formatPercent(progress)}`;
}
