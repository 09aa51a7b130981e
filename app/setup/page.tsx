import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Entrance } from '@/app/_features/entrance/entrance';
import { SetupForm } from '@/app/_features/entrance/setup-form';
import { acting } from '@/lib/http/bridge';
import { isSetupPending } from '@/lib/users/invitations';

export const metadata: Metadata = { title: 'Set up' };

export default async function Page() {
  if (!(await isSetupPending(acting()))) notFound();
  return (
    <Entrance>
      <SetupForm />
    </Entrance>
  );
}
