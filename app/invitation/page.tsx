import type { Metadata } from 'next';
import { Entrance } from '@/app/_features/entrance/entrance';
import { InvitationForm } from '@/app/_features/entrance/invitation-form';

export const metadata: Metadata = { title: 'Invitation', robots: 'noindex' };

export default function Page() {
  return (
    <Entrance>
      <InvitationForm />
    </Entrance>
  );
}
