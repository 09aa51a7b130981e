'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { box, Field, type FieldProps, typed } from './field';

interface Choice {
  value: string;
  label: string;
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'className' | 'onChange'> {
  choices: readonly Choice[];
  onChange: (value: string) => void;
  /** Stands before the choices. */
  children?: ReactNode;
}

/** A list to choose from; on its own, `aria-label` is its name. */
export function Select({ choices, onChange, children, ...rest }: SelectProps) {
  return (
    <div className="relative">
      <select
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className={`${typed} appearance-none truncate pr-10`}
      >
        {children}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-soft"
        aria-hidden="true"
      />
    </div>
  );
}

interface PickFieldProps extends FieldProps {
  name: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

/** A choice from a list that always has a value. */
export function PickField({ name, value, choices, onChange, ...field }: PickFieldProps) {
  return (
    <Field {...field}>{(control) => <Select {...control} {...{ name, value, choices, onChange }} />}</Field>
  );
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  /** Empty while nothing is chosen. */
  value: Value | '';
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  /** Follows the select. */
  more?: ReactNode;
}

/** A required choice from a list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { value, choices, onChange, more, ...field } = props;
  return (
    <Field {...field}>
      {(control) => (
        <>
          <Select
            {...control}
            {...{ value, choices }}
            required
            onChange={(chosen) => onChange(chosen as Value)} // one of the choices
          >
            <option value="" disabled>
              Choose…
            </option>
          </Select>
          {more}
        </>
      )}
    </Field>
  );
}

const file =
  `${box} block py-1.5 pr-3 pl-1.5 text-sm file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-control ` +
  'file:bg-sunken file:px-3 file:font-medium file:text-ink file:text-sm sm:py-1 sm:pl-1 sm:file:min-h-7.5';

interface FileFieldProps extends FieldProps {
  /** The files that the browser offers. */
  accept: string;
  /** Called with the name of the chosen file. */
  onChoose: (fileName: string) => void;
}

/** The form field `file`, which is required. */
export function FileField({ accept, onChoose, ...field }: FileFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          type="file"
          name="file"
          required
          accept={accept}
          onChange={({ target }) => target.files?.[0] && onChoose(target.files[0].name)}
          className={file}
        />
      )}
    </Field>
  );
}
