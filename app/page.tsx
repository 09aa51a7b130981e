import { HomePage } from '@/app/_features/library/home-page';
import { acting } from '@/lib/http/bridge';
import { listVideos } from '@/lib/videos/list-videos';

/** How many videos the library has before "Load more", which adds as many again. */
const pageSize = 24;

export default async function Page() {
  const page = await listVideos(acting(), { limit: pageSize, before: undefined });
  return <HomePage first={{ page, size: pageSize }} />;
}
