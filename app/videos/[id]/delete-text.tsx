import { DeleteButton } from '@/app/_components/delete-button';
import type { TextView } from '@/lib/videos/text-view';

interface DeleteTextProps {
  text: TextView;
  onDeleted: () => Promise<void>;
}

export function DeleteText({ text, onDeleted }: DeleteTextProps) {
  return (
    <DeleteButton
      label={`Delete ${text.label}`}
      address={text.links.self}
      question="Delete this text track?"
      confirmLabel="Delete text track"
      onDeleted={onDeleted}
    >
      <bdi className="break-words font-medium text-ink">{text.label}</bdi> will be removed from every package
      of this video. This can’t be undone.
    </DeleteButton>
  );
}
