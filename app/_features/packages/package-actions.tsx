'use client';

import { Download, Link2, Play } from 'lucide-react';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { ButtonLink, type ButtonLook } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { DeleteButton } from '@/app/_ui/dialog';
import type { PackageView } from '@/lib/packages/package-view';
import type { PackageRequest } from './package-form';

interface ActionProps extends Pick<ButtonLook, 'size' | 'className'> {
  pkg: PackageView;
}

/** Opens the player; disabled while there is nothing to play. */
export function PlayButton({ pkg, ...look }: ActionProps) {
  return (
    <ButtonLink {...look} kind="primary" icon={Play} isFilled href={pkg.playable ? pkg.links.play : null}>
      Play
    </ButtonLink>
  );
}

/** Downloads the encrypted MP4. */
export function DownloadButton({ pkg, ...look }: ActionProps) {
  return (
    <ButtonLink
      {...look}
      icon={Download}
      href={pkg.links.download}
      isDownload
      whyNot="There is nothing to download yet."
    >
      Download
    </ButtonLink>
  );
}

/** Copies the address of the player's page, to be shared. */
export function CopyLinkButton({ pkg, ...look }: ActionProps) {
  const text = () => new URL(pkg.links.play, location.href).href;
  return <CopyButton {...look} label="Copy link" icon={Link2} text={text} />;
}

interface DeletePackageProps {
  pkg: PackageView;
  onDeleted: () => Promise<void>;
}

export function DeletePackage({ pkg, onDeleted }: DeletePackageProps) {
  const remove = async () => {
    await callApi('DELETE', '/api/packages/{id}', { params: { id: pkg.id } });
    await onDeleted();
  };
  return (
    <DeleteButton
      label={`Delete package ${pkg.id}`}
      question={`Delete package ${pkg.id}?`}
      confirmLabel="Delete package"
      onConfirm={() => failureOf(remove)}
    >
      Its tracks and its key will be deleted from this server, and links to it stop working. Without the key,
      nobody can play a copy that was downloaded. The video itself stays. This can’t be undone.
    </DeleteButton>
  );
}

/** Requests another package of a video, and reports whether that is running or failed. */
export function useRequestPackage(videoId: number, onRequested: () => Promise<void>) {
  const { attempt, isBusy, failure } = useAttempt();
  const send = (request: PackageRequest) =>
    attempt(async () => {
      await callApi('POST', '/api/videos/{id}/packages', { params: { id: videoId }, body: request });
      await onRequested();
    });
  return { send, isSending: isBusy, failure };
}
