'use client';

import type { ReactNode, SubmitEvent } from 'react';
import { Button, type Icon } from './button';
import { CopyButton, CopyLines } from './copy-button';
import { Dialog, DialogActions, DialogText } from './dialog';
import { FailureLine } from './notice';

interface FormDialogProps {
  title: string;
  /** One line under the title. */
  note?: ReactNode;
  /** The fields, if there are any. */
  children?: ReactNode;
  failure: string | null;
  submit: { label: string; icon: Icon; isDisabled: boolean };
  /** Called with the form, and with the function that closes the dialog. */
  onSubmit: (form: FormData, close: () => void) => void;
  onClose: () => void;
}

/** A form in a dialog, which the browser checks. */
export function FormDialog({ title, note, children, failure, submit, onSubmit, onClose }: FormDialogProps) {
  const send = (event: SubmitEvent<HTMLFormElement>, close: () => void) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget), close);
  };
  return (
    <Dialog title={title} onClose={onClose} isWide>
      {(close) => (
        <form onSubmit={(event) => send(event, close)}>
          <DialogText>{note}</DialogText>
          <div className="mt-5 grid gap-5 empty:hidden">
            {children}
            <FailureLine text={failure} />
          </div>
          <DialogActions>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" kind="primary" icon={submit.icon} disabled={submit.isDisabled}>
              {submit.label}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}

interface ResultDialogProps {
  title: string;
  /** What to do with it. */
  note: ReactNode;
  copyLabel: string;
  /** What is copied. */
  text: string;
  /** It, in lines. */
  children: ReactNode;
  onClose: () => void;
}

/** Shows something once, after which it can't be shown again. */
export function ResultDialog({ title, note, copyLabel, text, children, onClose }: ResultDialogProps) {
  return (
    <Dialog title={title} onClose={onClose} isWide>
      {(close) => (
        <>
          <DialogText>{note}</DialogText>
          <CopyLines className="mt-4">{children}</CopyLines>
          <DialogActions>
            <Button onClick={close}>Done</Button>
            <CopyButton kind="primary" label={copyLabel} text={() => text} />
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
