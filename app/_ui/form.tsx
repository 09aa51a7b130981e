import type { ReactNode, SubmitEvent } from 'react';
import { useId } from 'react';
import { Button, type Icon } from './button';
import { FailureLine } from './notice';

interface FormProps {
  title: string;
  /** One line under the title. */
  note?: string;
  /** Whether it lies within a panel already, below that panel's heading. */
  isInner?: boolean;
  /** Whether the browser checks the fields; otherwise the form does. */
  isCheckedByBrowser?: boolean;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  failure: string | null;
  submit: { label: string; icon: Icon; isDisabled: boolean };
  closeLabel?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A form on the page: its title, its fields, what went wrong, and its buttons. */
export function Form(props: FormProps) {
  const { title, note, isInner = false, isCheckedByBrowser = true, failure, submit } = props;
  const titleId = useId();
  const Heading = isInner ? 'h4' : 'h3';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit(event);
      }}
      noValidate={!isCheckedByBrowser}
      className={`grid gap-5 ${isInner ? '' : 'panel p-5 sm:p-6'}`}
      aria-labelledby={titleId}
    >
      <div>
        <Heading id={titleId} className={`font-semibold tracking-tight ${isInner ? '' : 'text-lg'}`}>
          {title}
        </Heading>
        {note && <p className="mt-1 text-soft text-sm">{note}</p>}
      </div>
      {props.children}
      <FailureLine text={failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" icon={submit.icon} disabled={submit.isDisabled}>
          {submit.label}
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          {props.closeLabel ?? 'Close'}
        </Button>
      </div>
    </form>
  );
}
