import type { Metadata } from 'next';
import { Entrance } from '@/app/_features/entrance/entrance';
import { ShareEntrance } from '@/app/_features/entrance/share-entrance';

export const metadata: Metadata = { title: 'Shared video', robots: 'noindex' };

export default async function Page({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  return (
    <Entrance>
      <ShareEntrance secret={secret} />
    </Entrance>
  );
}
