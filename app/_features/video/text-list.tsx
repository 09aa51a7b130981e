import type { ReactNode } from 'react';
import { languageName } from '@/app/_features/packages/languages';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { DeleteButton } from '@/app/_ui/dialog';
import type { EmbeddedTextView, TextsView, TextView } from '@/lib/videos/text-view';

const kindNames: Record<EmbeddedTextView['kind'], string> = {
  subtitles: 'Subtitles',
  captions: 'Captions',
  forced: 'Forced subtitles',
};

interface TextListProps {
  texts: TextsView;
  onDeleted: () => Promise<void>;
}

export function TextList({ texts, onDeleted }: TextListProps) {
  return (
    <ul className="panel min-w-0 divide-y divide-line" data-testid="text-list">
      {texts.embedded.map((text) => (
        <TextRow key={text.label} text={text} origin="In the video file" />
      ))}
      {texts.items.map((text) => (
        <TextRow key={text.id} text={text} origin="Added">
          <DeleteText text={text} onDeleted={onDeleted} />
        </TextRow>
      ))}
    </ul>
  );
}

interface TextRowProps {
  text: EmbeddedTextView;
  origin: string;
  children?: ReactNode;
}

function TextRow({ text: { label, language, kind }, origin, children }: TextRowProps) {
  return (
    <li className="flex min-h-16 items-center gap-4 py-2 pr-2 pl-5 sm:pr-3 sm:pl-6">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm" title={label}>
          <bdi>{label}</bdi>
        </p>
        <p className="mt-0.5 text-soft text-xs">
          {languageName({ kind: 'text', language })} · {kindNames[kind]} · {origin}
        </p>
      </div>
      {children}
    </li>
  );
}

interface DeleteTextProps {
  text: TextView;
  onDeleted: () => Promise<void>;
}

function DeleteText({ text, onDeleted }: DeleteTextProps) {
  const remove = async () => {
    const params = { id: text.videoId, textId: text.id };
    await callApi('DELETE', '/api/videos/{id}/texts/{textId}', { params });
    await onDeleted();
  };
  return (
    <DeleteButton
      label={`Delete ${text.label}`}
      question="Delete this text track?"
      confirmLabel="Delete text track"
      onConfirm={() => failureOf(remove)}
    >
      <bdi className="break-words font-medium text-ink">{text.label}</bdi> will be removed from every package
      of this video. This can’t be undone.
    </DeleteButton>
  );
}
