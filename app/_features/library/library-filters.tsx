'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { countOf } from '@/app/_lib/format';
import { Button } from '@/app/_ui/button';
import { TextField } from '@/app/_ui/field';
import { PickField, Select } from '@/app/_ui/picker-fields';
import { SearchInput } from '@/app/_ui/search-input';
import type { OwnerView } from '@/lib/videos/list-owners';
import { countFilters, isNarrowed, type LibraryQuery, longestSearch, wholeLibrary } from './library-query';

const sorts: { value: LibraryQuery['sort']; label: string }[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'title', label: 'Title, A to Z' },
  { value: 'longest', label: 'Longest first' },
  { value: 'largest', label: 'Largest first' },
];

const statuses: { value: LibraryQuery['status']; label: string }[] = [
  { value: '', label: 'Any status' },
  { value: 'ready', label: 'Ready to play' },
  { value: 'in-progress', label: 'In progress' },
  { value: 'failed', label: 'Failed' },
  { value: 'unpackaged', label: 'Not packaged' },
];

interface LibraryFiltersProps {
  query: LibraryQuery;
  /** What the total below is of. */
  shown: LibraryQuery;
  total: number;
  owners: OwnerView[] | null;
  onShow: (changes: Partial<LibraryQuery>, step?: 'new' | 'same') => void;
}

/** The search, the order and the filters of the library, and how many videos they find. */
export function LibraryFilters({ query, shown, total, owners, onShow }: LibraryFiltersProps) {
  const filters = countFilters(query);
  const [isOpen, setOpen] = useState(filters > 0);
  const { typed, type, searchNow } = useTyped(query.q, (q) => {
    if (q !== query.q) onShow({ q }, q === '' || query.q === '' ? 'new' : 'same');
  });
  const panelId = useId();
  return (
    <search>
      {/* Without scripts, the browser sends this form to the same page. */}
      <form
        action="/"
        className="mb-5"
        onSubmit={(event) => {
          event.preventDefault();
          searchNow(typed);
        }}
      >
        <div className="flex flex-wrap gap-2">
          <div className="min-w-0 flex-1 basis-full sm:basis-64">
            <SearchInput
              name="q"
              aria-label="Search videos"
              placeholder="Search videos"
              maxLength={longestSearch}
              value={typed}
              onChange={(event) => type(event.target.value)}
            />
          </div>
          <div className="min-w-0 flex-1 sm:flex-none">
            <Select
              name="sort"
              aria-label="Order"
              choices={sorts}
              value={query.sort}
              onChange={(value) =>
                onShow({ sort: sorts.find((sort) => sort.value === value)?.value ?? 'newest' })
              }
            />
          </div>
          <Button
            icon={SlidersHorizontal}
            aria-expanded={isOpen}
            aria-controls={panelId}
            onClick={() => setOpen(!isOpen)}
          >
            {filters === 0 ? 'Filters' : `Filters (${filters})`}
          </Button>
        </div>
        <div id={panelId} hidden={!isOpen}>
          <FilterFields query={query} owners={owners} onShow={onShow} />
        </div>
        <div className="mt-3 flex min-h-6 flex-wrap items-center gap-x-3 text-soft text-sm tabular-nums">
          <p aria-live="polite">
            {isNarrowed(shown) ? `${countOf(total, 'video')} found` : countOf(total, 'video')}
          </p>
          {isNarrowed(query) && total > 0 && (
            <button
              type="button"
              className="rounded-sm font-medium text-accent underline-offset-4 hover:underline"
              onClick={() => onShow({ ...wholeLibrary, sort: query.sort })}
            >
              Show all videos
            </button>
          )}
          <noscript>
            <Button type="submit">Search</Button>
          </noscript>
        </div>
      </form>
    </search>
  );
}

function FilterFields({ query, owners, onShow }: Pick<LibraryFiltersProps, 'query' | 'owners' | 'onShow'>) {
  const { status, owner, from, to } = query;
  return (
    <div className="mt-2 grid gap-4 rounded-panel border border-line bg-surface p-4 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] sm:p-5">
      <PickField
        label="Status"
        name="status"
        choices={statuses}
        value={status}
        onChange={(value) => onShow({ status: statuses.find((one) => one.value === value)?.value ?? '' })}
      />
      {owners && (
        <PickField
          label="Owner"
          name="owner"
          choices={ownerChoices(owners, owner)}
          value={owner}
          onChange={(value) => onShow({ owner: value })}
        />
      )}
      <TextField
        label="Uploaded from"
        type="date"
        name="from"
        max={to || undefined}
        value={from}
        onChange={(event) => onShow({ from: event.target.value }, from === '' ? 'new' : 'same')}
      />
      <TextField
        label="Uploaded until"
        type="date"
        name="to"
        min={from || undefined}
        value={to}
        onChange={(event) => onShow({ to: event.target.value }, to === '' ? 'new' : 'same')}
      />
    </div>
  );
}

function ownerChoices(owners: readonly OwnerView[], chosen: string) {
  const choices = [
    { value: '', label: 'Anyone' },
    { value: 'me', label: 'Me' },
    ...owners.map(({ id, name }) => ({ value: id, label: name })),
  ];
  // The address may name somebody who is gone.
  return choices.some(({ value }) => value === chosen)
    ? choices
    : [...choices, { value: chosen, label: 'Somebody else' }];
}

const pauseMs = 300;

/**
 * What is typed into the search, and the functions that change it and that search at once. A search starts
 * when the typing pauses; steps of the browser's history change the text.
 */
function useTyped(q: string, search: (q: string) => void) {
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState({ q, sent: q });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(search);
  useEffect(() => {
    newest.current = search;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  if (known.q !== q) {
    setKnown({ q, sent: q });
    if (q !== known.sent) setTyped(q);
  }
  const searchNow = (text: string) => {
    clearTimeout(timer.current);
    setTyped(text);
    setKnown((before) => ({ ...before, sent: text }));
    newest.current(text);
  };
  const type = (text: string) => {
    clearTimeout(timer.current);
    setTyped(text);
    timer.current = setTimeout(() => searchNow(text), pauseMs);
  };
  return { typed, type, searchNow };
}
