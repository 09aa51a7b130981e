import type { ReactNode, SubmitEvent } from 'react';
import { useId } from 'react';
import { Button, type Icon } from './button';
import { FailureLine } from './notice';

const ranks = {
  page: { Heading: 'h1', look: 'text-title' },
  section: { Heading: 'h2', look: 'text-title' },
  part: { Heading: 'h3', look: 'text-lg' },
  inner: { Heading: 'h4', look: '' },
} as const;

interface FormProps {
  title: string;
  /** One line under the title. */
  note?: string;
  /** What it is on its page, `part` (of a section) unless given. `inner` lies within a panel already. */
  rank?: keyof typeof ranks;
  /** Whether the browser checks the fields; otherwise the form does. */
  isCheckedByBrowser?: boolean;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  failure: string | null;
  submit: { label: string; icon: Icon; isDisabled: boolean };
  closeLabel?: string;
  /** Without it, there is no button to close the form. */
  onClose?: () => void;
  children: ReactNode;
}

/** A form on the page: its title, its fields, what went wrong, and its buttons. */
export function Form(props: FormProps) {
  const { title, note, rank = 'part', isCheckedByBrowser = true, failure, submit } = props;
  const titleId = useId();
  const { Heading, look } = ranks[rank];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit(event);
      }}
      noValidate={!isCheckedByBrowser}
      className={`grid gap-5 ${rank === 'inner' ? '' : 'panel p-5 sm:p-6'}`}
      aria-labelledby={titleId}
    >
      <div>
        <Heading id={titleId} className={`font-semibold tracking-tight ${look}`}>
          {title}
        </Heading>
        {note && <p className="mt-1 text-pretty text-soft text-sm">{note}</p>}
      </div>
      {props.children}
      <FailureLine text={failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" icon={submit.icon} disabled={submit.isDisabled}>
          {submit.label}
        </Button>
        {props.onClose && (
          <Button kind="quiet" onClick={props.onClose}>
            {props.closeLabel ?? 'Close'}
          </Button>
        )}
      </div>
    </form>
  );
}
