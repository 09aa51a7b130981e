'use client';

import type { ReactNode } from 'react';
import { languageName } from '@/app/_features/packages/languages';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { useSession } from '@/app/_lib/session';
import { DeleteButton } from '@/app/_ui/dialog';
import { Row, RowList } from '@/app/_ui/row-list';
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
  const { may } = useSession();
  return (
    <RowList data-testid="text-list">
      {texts.embedded.map((text) => (
        <TextRow key={text.label} text={text} origin="In the video file" />
      ))}
      {texts.items.map((text) => (
        <TextRow key={text.id} text={text} origin="Added">
          {may('video.write') && <DeleteText text={text} onDeleted={onDeleted} />}
        </TextRow>
      ))}
    </RowList>
  );
}

interface TextRowProps {
  text: EmbeddedTextView;
  origin: string;
  children?: ReactNode;
}

function TextRow({ text: { label, language, kind }, origin, children }: TextRowProps) {
  const note = `${languageName({ kind: 'text', language })} · ${kindNames[kind]} · ${origin}`;
  return (
    <Row title={label} note={note}>
      {children}
    </Row>
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
