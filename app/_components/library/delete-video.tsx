'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { VideoView } from '@/lib/videos/video-view';
import { deleteAt } from '../api-client';
import { buttonStyle } from '../button-style';
import { ConfirmDialog } from '../confirm-dialog';
import { countOf } from '../format';

interface DeleteVideoProps {
  video: VideoView;
  onDeleted: () => Promise<void> | void;
}

export function DeleteVideo({ video, onDeleted }: DeleteVideoProps) {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    await deleteAt(video.links.self);
    await onDeleted();
  };
  return (
    <>
      <button
        type="button"
        className={buttonStyle('quiet', 'icon')}
        onClick={() => setAsking(true)}
        aria-label={`Delete ${video.name}`}
        title="Delete"
      >
        <Trash2 className="size-4.5" aria-hidden="true" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title="Delete this video?"
          confirmLabel="Delete video"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>
            <bdi className="break-all font-medium text-ink">{video.name}</bdi>
            {lossWords(video.packages.length)} Links to it stop working. This can’t be undone.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function lossWords(packages: number): string {
  if (packages === 0) return ' will be deleted from this server.';
  const theirs = packages === 1 ? 'its key' : 'their keys';
  return ` will be deleted from this server, together with ${countOf(packages, 'package')} and ${theirs}.`;
}
