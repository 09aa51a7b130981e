import { NotFoundPanel } from '@/app/_ui/not-found-panel';

export default function NotFound() {
  return (
    <NotFoundPanel title="There is nothing at this address">
      Check the link, or go to the library to find the video you are looking for.
    </NotFoundPanel>
  );
}
