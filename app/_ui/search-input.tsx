import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { TextInput } from './field';

/** An input for a search; `aria-label` is its name. */
export function SearchInput(props: Omit<ComponentProps<'input'>, 'className' | 'type'>) {
  return (
    <div className="relative">
      <Search
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft"
        aria-hidden="true"
      />
      <TextInput {...props} type="search" hasIcon />
    </div>
  );
}
