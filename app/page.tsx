import { HomePage } from '@/app/_features/library/home-page';
import { readLibraryQuery, videosRequest } from '@/app/_features/library/library-query';
import { acting } from '@/lib/http/bridge';
import { listOwners } from '@/lib/videos/list-owners';
import { listVideos } from '@/lib/videos/list-videos';

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  const now = acting();
  const parameters = await searchParams;
  const owners = await listOwners(now);
  const query = readLibraryQuery((name) => [parameters[name]].flat()[0] ?? null, owners !== null);
  return <HomePage first={{ page: await listVideos(now, videosRequest(query)), query, owners }} />;
}
