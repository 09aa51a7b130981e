'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from './button';
import { TextField } from './field';

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, 'type' | 'action' | 'isTechnical'>;

/** A password, which can be made visible while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const label = isShown ? 'Hide the password' : 'Show the password';
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="off"
      spellCheck={false}
      action={
        <Button size="icon" kind="quiet" icon={isShown ? EyeOff : Eye} onClick={() => setShown(!isShown)}>
          {label}
        </Button>
      }
    />
  );
}

/** A password that is chosen here; the server decides whether it is acceptable. */
export function NewPasswordField(props: Pick<PasswordFieldProps, 'label' | 'name' | 'problem'>) {
  return (
    <PasswordField
      {...props}
      autoComplete="new-password"
      required
      // The sentence about an unacceptable password says the same.
      note={props.problem ? undefined : 'At least 12 characters. A few words make a good one.'}
    />
  );
}
