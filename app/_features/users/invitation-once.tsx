'use client';

import { CopyLine } from '@/app/_ui/copy-button';
import { ResultDialog } from '@/app/_ui/form-dialog';
import { LocalTime } from '@/app/_ui/local-time';

/** A link by which a user sets a password. */
export interface NewInvitation {
  /** The user's. */
  name: string;
  url: string;
  expiresAt: string;
}

interface InvitationOnceProps {
  invitation: NewInvitation;
  onClose: () => void;
}

/** Shows the link of an invitation once. */
export function InvitationOnce({ invitation: { name, url, expiresAt }, onClose }: InvitationOnceProps) {
  return (
    <ResultDialog
      title={`The link for ${name} is ready`}
      note={
        <>
          Copy it now, it can’t be shown again, and pass it on. It works once, until{' '}
          <LocalTime iso={expiresAt} />.
        </>
      }
      copyLabel="Copy link"
      text={url}
      onClose={onClose}
    >
      <CopyLine label="Invitation" text={url} />
    </ResultDialog>
  );
}
