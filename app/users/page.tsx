import type { Metadata } from 'next';
import { UsersPage } from '@/app/_features/users/users-page';
import { acting } from '@/lib/http/bridge';
import { listUsers } from '@/lib/users/manage-users';
import { userView } from '@/lib/users/user-view';

export const metadata: Metadata = { title: 'Users' };

export default async function Page() {
  return <UsersPage initial={(await listUsers(acting())).map(userView)} />;
}
