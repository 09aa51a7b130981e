import { LibraryLink } from '@/app/_features/account/library-link';
import { NotFoundPanel } from '@/app/_ui/page-parts';

export default function NotFound() {
  return (
    <NotFoundPanel action={<LibraryLink />} title="There is nothing at this address">
      Check the link, or go to the library to find the video you are looking for.
    </NotFoundPanel>
  );
}
