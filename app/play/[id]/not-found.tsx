import { LibraryLink } from '@/app/_features/account/library-link';
import { NotFoundPanel } from '@/app/_ui/page-parts';

export default function PackageNotFound() {
  return (
    <NotFoundPanel action={<LibraryLink />} title="There is no video behind this link">
      It may have been deleted, or the link is not complete. Ask the person who sent it for a new one.
    </NotFoundPanel>
  );
}
