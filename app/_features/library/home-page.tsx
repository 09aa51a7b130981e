'use client';

import { useDropzone } from 'react-dropzone';
import { PackageOptions } from '@/app/_features/packages/package-options';
import { DropOverlay, DropZone } from '@/app/_features/uploads/drop-zone';
import { UploadList } from '@/app/_features/uploads/upload-list';
import { useNewVideos } from '@/app/_features/uploads/use-uploads';
import { useSession } from '@/app/_lib/session';
import { Library } from './library';
import { ServerWarnings } from './server-warnings';
import type { FirstPage } from './use-library';

/** Only the default filter of the file dialog; the server decides whether a file is a video. */
const offeredFiles = 'video/*,.mp4,.mkv,.mov,.m4v,.webm,.avi,.ts,.mts,.m2ts,.mpg,.mpeg,.wmv,.flv';

/** The library, with what adds videos to it if that is allowed. */
export function HomePage({ first }: { first: FirstPage }) {
  const { may } = useSession();
  if (may('video.write')) return <UploadPage first={first} />;
  return (
    <main className="shell flex-1 pt-8 pb-24 sm:pt-10">
      <Library first={first} isPage />
    </main>
  );
}

function UploadPage({ first }: { first: FirstPage }) {
  const { may } = useSession();
  const { draft, setDraft, isOptionsOpen, setOptionsOpen, add, isRefused, problem } = useNewVideos();
  const { getRootProps, getInputProps, open, isDragActive, isDragGlobal } = useDropzone({
    onDrop: add,
    noClick: true,
    noKeyboard: true,
  });
  return (
    <div {...getRootProps({ className: 'flex flex-1 flex-col' })}>
      {/* Hidden by a class: the page's policy allows no styles in its HTML. */}
      <input
        {...getInputProps({ accept: offeredFiles, 'aria-label': 'Videos to upload' })}
        style={undefined}
        className="sr-only"
      />
      {(isDragActive || isDragGlobal) && <DropOverlay />}
      <main className="flex-1 pb-24">
        <div className="shell grid items-start gap-x-12 gap-y-8 py-10 sm:py-14 lg:grid-cols-[5fr_6fr]">
          <Welcome />
          <DropZone
            onChoose={open}
            isDragActive={isDragActive}
            isOptionsOpen={isOptionsOpen}
            onToggleOptions={setOptionsOpen}
            optionsNote={optionsNote(draft.scheme, draft.hasOwnKey)}
            problem={problem}
            options={<PackageOptions draft={draft} onChange={setDraft} isStrict={isRefused} />}
          />
        </div>
        <div className="shell grid gap-10">
          {may('system.read') && <ServerWarnings />}
          <UploadList />
          <Library first={first} />
        </div>
      </main>
    </div>
  );
}

function Welcome() {
  return (
    <div className="lg:pt-6">
      <h1 className="text-balance font-semibold text-display">Upload a video. Stream it encrypted.</h1>
      <p className="mt-4 max-w-lg text-pretty text-lg text-soft">
        Each video gets its own key, is encrypted on this server and plays in the browser. No other service is
        involved.
      </p>
    </div>
  );
}

function optionsNote(scheme: string, hasOwnKey: boolean): string | null {
  const notes = [scheme === 'cenc' ? null : scheme, hasOwnKey ? 'own key' : null].filter(
    (note) => note !== null,
  );
  return notes.length === 0 ? null : notes.join(', ');
}
