'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';

interface ChoiceProps extends Omit<ComponentProps<'input'>, 'className'> {
  label: string;
  hint: string;
}

/** One option with a line that explains it, in a frame that shows whether it is chosen. */
function Choice({ label, hint, ...input }: ChoiceProps) {
  return (
    <label className="flex gap-3 rounded-control border border-line bg-surface p-3 transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-3 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      <input {...input} className="mt-0.5 size-4 shrink-0 focus-visible:outline-none" />
      <span>
        <span className="block font-medium text-sm">{label}</span>
        <span className="mt-0.5 block text-pretty text-soft text-xs">{hint}</span>
      </span>
    </label>
  );
}

interface Option<Value extends string> {
  value: Value;
  label: string;
  hint: string;
}

function Options({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold text-sm">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

interface ChoiceFieldProps<Value extends string> {
  legend: string;
  choices: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A choice between a few options. */
export function ChoiceField<Value extends string>({
  legend,
  choices,
  value,
  onChange,
}: ChoiceFieldProps<Value>) {
  const name = useId();
  return (
    <Options legend={legend}>
      {choices.map(({ value: own, ...words }) => (
        <Choice
          key={own}
          {...words}
          type="radio"
          name={name}
          value={own}
          checked={own === value}
          onChange={() => onChange(own)}
        />
      ))}
    </Options>
  );
}

interface ChecksFieldProps<Value extends string> {
  legend: string;
  choices: readonly Option<Value>[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
}

/** Any number of a few options. */
export function ChecksField<Value extends string>(props: ChecksFieldProps<Value>) {
  const { legend, choices, values, onChange } = props;
  const toggle = (own: Value) =>
    onChange(values.includes(own) ? values.filter((value) => value !== own) : [...values, own]);
  return (
    <Options legend={legend}>
      {choices.map(({ value: own, ...words }) => (
        <Choice
          key={own}
          {...words}
          type="checkbox"
          checked={values.includes(own)}
          onChange={() => toggle(own)}
        />
      ))}
    </Options>
  );
}

interface CheckFieldProps {
  label: string;
  hint: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

/** A single option that is on or off. */
export function CheckField({ isChecked, onChange, ...words }: CheckFieldProps) {
  return (
    <Choice
      {...words}
      type="checkbox"
      checked={isChecked}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
