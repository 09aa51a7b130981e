import { ShieldAlert, TriangleAlert, X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button } from './button';

const tones = {
  /** A failure, which is announced at once. */
  bad: { Frame: 'div', look: 'bg-bad-tint', icon: TriangleAlert, iconColor: 'text-bad' },
  /** Advice that can wait. */
  advice: {
    Frame: 'aside',
    look: 'border border-line bg-surface',
    icon: ShieldAlert,
    iconColor: 'text-work',
  },
} as const;

interface NoticeProps {
  title: string;
  children?: ReactNode;
  tone?: keyof typeof tones;
  action?: { label: string; onAct: () => void };
  onDismiss?: () => void;
  className?: string;
}

/** What happened and what to do, across the page. */
export function Notice({ title, children, tone = 'bad', action, onDismiss, className = '' }: NoticeProps) {
  const { Frame, look, icon: Icon, iconColor } = tones[tone];
  const titleId = useId();
  return (
    <Frame
      {...(Frame === 'div' ? { role: 'alert' } : { 'aria-labelledby': titleId })}
      className={`flex rounded-panel p-5 sm:p-6 ${look} ${className}`}
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-4">
        <div className="flex min-w-0 flex-1 basis-72 gap-3.5">
          <Icon className={`mt-0.5 size-5 shrink-0 ${iconColor}`} aria-hidden="true" />
          <div className="min-w-0">
            <p id={titleId} className="font-semibold">
              {title}
            </p>
            {children && <div className="mt-1 max-w-prose text-pretty text-soft text-sm">{children}</div>}
          </div>
        </div>
        {action && <Button onClick={action.onAct}>{action.label}</Button>}
      </div>
      {onDismiss && (
        <Button size="icon" kind="quiet" icon={X} title="Dismiss" className="-m-2 ml-2" onClick={onDismiss}>
          Dismiss this notice
        </Button>
      )}
    </Frame>
  );
}

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

/** One line that says what worked, where nothing else shows it. */
export function SuccessLine({ text }: { text: string | null }) {
  return (
    <p role="status" className="font-medium text-accent text-sm empty:hidden">
      {text}
    </p>
  );
}
