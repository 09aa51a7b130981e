'use client';

import { useSession } from '@/app/_lib/session';
import { ButtonLink } from '@/app/_ui/button';

/** Leads to the library; nothing for who may not see it. */
export function LibraryLink() {
  const { mayAnywhere } = useSession();
  if (!mayAnywhere('video.read')) return null;
  return (
    <ButtonLink kind="primary" href="/">
      Go to the library
    </ButtonLink>
  );
}
