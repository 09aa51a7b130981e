import { HomePage } from './_components/library/home-page';

export default function Page() {
  return <HomePage />;
}
