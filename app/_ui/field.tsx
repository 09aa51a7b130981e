'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { FailureLine } from './notice';

/** The frame of every control. */
export const box =
  'min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface aria-invalid:border-bad sm:min-h-10';
/** A control whose value is text. */
export const typed = `${box} px-3 text-base placeholder:text-soft sm:text-sm`;
const technical = `${typed} font-mono placeholder:font-sans placeholder:text-sm`;

export interface FieldProps {
  label: string;
  isOptional?: boolean | undefined;
  /** One line that explains the field. */
  note?: string | undefined;
  /** What is wrong with its value; null when nothing is. */
  problem?: string | null | undefined;
  /** Whether the problem changes while the user types, so that it must not interrupt. */
  isChecking?: boolean | undefined;
}

interface Labelled {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
}

/** A label, a control, and below it what is wrong with its value and what it is for. */
export function Field({
  label,
  isOptional = false,
  note,
  problem = null,
  isChecking = false,
  children,
}: FieldProps & { children: (control: Labelled) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block font-semibold text-sm first-letter:uppercase">
        {label}
        {isOptional && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      {children({ id, 'aria-invalid': problem !== null, 'aria-describedby': `${id}-note` })}
      <div id={`${id}-note`}>
        {isChecking ? (
          <p aria-live="polite" className="text-bad text-sm not-empty:mt-1.5">
            {problem}
          </p>
        ) : (
          <FailureLine text={problem} className="mt-1.5" />
        )}
        {note && <p className="mt-1.5 text-soft text-xs">{note}</p>}
      </div>
    </div>
  );
}

/**
 * An input for a value that is typed. `isTechnical` is for hexadecimal digits, tags and the like; `hasIcon`
 * leaves room for an icon before the text.
 */
export function TextInput({
  isTechnical = false,
  hasIcon = false,
  ...rest
}: ComponentProps<'input'> & { isTechnical?: boolean; hasIcon?: boolean }) {
  const spelling = { autoCapitalize: 'off', spellCheck: false, dir: 'ltr' } as const;
  return (
    <input
      autoComplete="off"
      {...(isTechnical && spelling)}
      {...rest}
      className={`${isTechnical ? technical : typed} ${hasIcon ? 'pl-9.5' : ''}`}
    />
  );
}

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'id' | 'className'> {
  isTechnical?: boolean;
  /** Stands beside the input. */
  action?: ReactNode;
}

export function TextField({
  label,
  isOptional,
  note,
  problem,
  isChecking,
  action,
  ...input
}: TextFieldProps) {
  return (
    <Field {...{ label, isOptional, note, problem, isChecking }}>
      {(control) => (
        <div className="flex gap-2">
          <TextInput {...input} {...control} />
          {action}
        </div>
      )}
    </Field>
  );
}

interface TextAreaFieldProps extends FieldProps, Omit<ComponentProps<'textarea'>, 'id' | 'className'> {}

/** A field for several lines of text. */
export function TextAreaField({ label, isOptional, note, problem, isChecking, ...area }: TextAreaFieldProps) {
  return (
    <Field {...{ label, isOptional, note, problem, isChecking }}>
      {(control) => <textarea rows={5} {...area} {...control} className={`${typed} block resize-y py-2.5`} />}
    </Field>
  );
}
