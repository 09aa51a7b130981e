import { HomePage } from '@/app/_features/library/home-page';

export default function Page() {
  return <HomePage />;
}
