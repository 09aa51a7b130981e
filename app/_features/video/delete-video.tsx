import { callApi, failureOf } from '@/app/_lib/api-client';
import { countOf } from '@/app/_lib/format';
import { DeleteButton } from '@/app/_ui/dialog';
import type { VideoView } from '@/lib/videos/video-view';

interface DeleteVideoProps {
  video: VideoView;
  onDeleted: () => Promise<void> | void;
}

/** Deletes a video with all its packages, after a question. */
export function DeleteVideo({ video, onDeleted }: DeleteVideoProps) {
  const remove = async () => {
    await callApi('DELETE', '/api/videos/{id}', { params: { id: video.id } });
    await onDeleted();
  };
  return (
    <DeleteButton
      label={`Delete ${video.title}`}
      question="Delete this video?"
      confirmLabel="Delete video"
      onConfirm={() => failureOf(remove)}
    >
      <bdi className="break-all font-medium text-ink">{video.title}</bdi>
      {lossWords(video.packages.length)} Links to it stop working. This can’t be undone.
    </DeleteButton>
  );
}

function lossWords(packages: number): string {
  if (packages === 0) return ' will be deleted from this server.';
  const theirs = packages === 1 ? 'its key' : 'their keys';
  return ` will be deleted from this server, together with ${countOf(packages, 'package')} and ${theirs}.`;
}
