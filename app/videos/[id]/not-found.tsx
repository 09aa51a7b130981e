import { LibraryLink } from '@/app/_features/account/library-link';
import { NotFoundPanel } from '@/app/_ui/page-parts';

export default function VideoNotFound() {
  return (
    <NotFoundPanel action={<LibraryLink />} title="This video is not here">
      It may have been deleted, or the link is not complete.
    </NotFoundPanel>
  );
}
