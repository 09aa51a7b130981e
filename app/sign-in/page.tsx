import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Entrance } from '@/app/_features/entrance/entrance';
import { SignInForm } from '@/app/_features/entrance/sign-in-form';
import { acting } from '@/lib/http/bridge';
import { returnPath } from '@/lib/users/return-path';
import { whoAmI } from '@/lib/users/who-am-i';

export const metadata: Metadata = { title: 'Sign in' };

interface PageProps {
  searchParams: Promise<{ returnTo?: string | string[]; error?: string | string[] }>;
}

export default async function Page({ searchParams }: PageProps) {
  const { returnTo: asked, error } = await searchParams;
  const returnTo = returnPath(asked);
  const { settings } = acting();
  const provider = settings.OIDC_ISSUER === undefined ? null : settings.OIDC_NAME;
  const { kind } = whoAmI(acting());
  if (kind === 'user' || kind === 'everybody') redirect(returnTo);
  return (
    <Entrance>
      <SignInForm returnTo={returnTo} provider={provider} hasProviderFailed={error === 'openid'} />
    </Entrance>
  );
}
