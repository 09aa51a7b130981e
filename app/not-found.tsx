import { NotFoundPanel } from '@/app/_ui/page-parts';

export default function NotFound() {
  return (
    <NotFoundPanel title="There is nothing at this address">
      Check the link, or go to the library to find the video you are looking for.
    </NotFoundPanel>
  );
}
