interface FailureLineProps {
  /** Null while nothing has failed. */
  text: string | null;
  className?: string;
}

/** One line that says what went wrong, beside the control that failed. */
export function FailureLine({ text, className = '' }: FailureLineProps) {
  if (text === null) return null;
  return (
    <p role="alert" className={`text-bad text-sm ${className}`}>
      {text}
    </p>
  );
}
