import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
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

interface TitledPageProps {
  title: string;
  /** A few words about it. */
  intro: ReactNode;
  children: ReactNode;
}

/** A page below its title. */
export function TitledPage({ title, intro, children }: TitledPageProps) {
  return (
    <main className="shell flex-1 pt-8 pb-24">
      <h1 className="font-semibold text-display">{title}</h1>
      <p className="mt-3 max-w-prose text-pretty text-soft">{intro}</p>
      {children}
    </main>
  );
}

interface SectionProps {
  title: string;
  /** Whether it is all that the page has: then its heading is that of the page. */
  isPage?: boolean;
  className?: string;
  children: ReactNode;
}

/** A part of a page, below its heading. */
export function Section({ title, isPage = false, className = '', children }: SectionProps) {
  const titleId = useId();
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <section aria-labelledby={titleId} className={className}>
      <Heading id={titleId} className="mb-4 font-semibold text-title">
        {title}
      </Heading>
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

interface NotFoundPanelProps {
  title: string;
  /** Where to go instead. */
  action: ReactNode;
  children: ReactNode;
}

/** The page for an address that does not exist. */
export function NotFoundPanel({ title, action, children }: NotFoundPanelProps) {
  return (
    <main className="shell flex flex-1 flex-col items-center justify-center gap-5 py-20 text-center">
      <Mark className="size-14 opacity-40 grayscale" />
      <h1 className="max-w-xl text-balance font-semibold text-title">{title}</h1>
      <p className="max-w-md text-pretty text-soft">{children}</p>
      {action}
    </main>
  );
}
