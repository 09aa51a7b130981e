import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { ButtonLink } from './button';
import { Mark } from './wordmark';

/** A link to the page above. It is not prefetched, which would compete with the start of the player. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ml-2 inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-medium text-sm text-soft transition-colors hover:text-ink"
    >
      <ArrowLeft className="size-4" aria-hidden="true" />
      {label}
    </Link>
  );
}

/** A name that its owner gave, as the title of a page: of any length and in any script. */
export function NameTitle({ name }: { name: string }) {
  return (
    <h1
      className="line-clamp-3 min-w-0 flex-1 break-words text-left font-semibold text-title"
      title={name}
      dir="auto"
    >
      {name}
    </h1>
  );
}

interface SectionProps {
  title: string;
  className?: string;
  children: ReactNode;
}

/** A part of a page, below its heading. */
export function Section({ title, className = '', children }: SectionProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={className}>
      <h2 id={titleId} className="mb-4 font-semibold text-title">
        {title}
      </h2>
      {children}
    </section>
  );
}

interface SentencesProps {
  /** Names the list for screen readers. */
  label: string;
  sentences: readonly string[];
  className?: string;
}

/** Remarks, one a line; nothing if there are none. */
export function Sentences({ label, sentences, className = '' }: SentencesProps) {
  if (sentences.length === 0) return null;
  return (
    <ul aria-label={label} className={`grid gap-1 text-pretty text-soft text-sm ${className}`}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** The page for an address that does not exist. */
export function NotFoundPanel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="shell flex flex-1 flex-col items-center justify-center gap-5 py-20 text-center">
      <Mark className="size-14 opacity-40 grayscale" />
      <h1 className="max-w-xl text-balance font-semibold text-title">{title}</h1>
      <p className="max-w-md text-pretty text-soft">{children}</p>
      <ButtonLink kind="primary" href="/">
        Go to the library
      </ButtonLink>
    </main>
  );
}
