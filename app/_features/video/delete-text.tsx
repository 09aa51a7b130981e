import { callApi } from '@/app/_lib/api-client';
import { DeleteButton } from '@/app/_ui/delete-button';
import type { TextView } from '@/lib/videos/text-view';

interface DeleteTextProps {
  text: TextView;
  onDeleted: () => Promise<void>;
}

export function DeleteText({ text, onDeleted }: DeleteTextProps) {
  const params = { id: text.videoId, textId: text.id };
  return (
    <DeleteButton
      label={`Delete ${text.label}`}
      onDelete={() => callApi('DELETE', '/api/videos/{id}/texts/{textId}', { params })}
      question="Delete this text track?"
      confirmLabel="Delete text track"
      onDeleted={onDeleted}
    >
      <bdi className="break-words font-medium text-ink">{text.label}</bdi> will be removed from every package
      of this video. This can’t be undone.
    </DeleteButton>
  );
}
