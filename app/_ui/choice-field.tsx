'use client';

import { type ComponentProps, useId } from 'react';

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

interface ChoiceFieldProps<Value extends string> {
  legend: string;
  choices: readonly { value: Value; label: string; hint: string }[];
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
    <fieldset>
      <legend className="mb-2 font-semibold text-sm">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <Choice
            key={choice.value}
            {...choice}
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
        ))}
      </div>
    </fieldset>
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
