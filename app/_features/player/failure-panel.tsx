'use client';

import { ShieldAlert, TriangleAlert } from 'lucide-react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import type { PlayerFailure } from './player-failure';

interface FailurePanelProps {
  failure: PlayerFailure;
  onRetry?: () => void;
  /** Whether it must fit over the video, which has little height on a phone. */
  isOverVideo?: boolean;
}

/** Says why the video does not play and what to do about it. */
export function FailurePanel({ failure, onRetry, isOverVideo = false }: FailurePanelProps) {
  const Icon = failure.isInsecure ? ShieldAlert : TriangleAlert;
  return (
    <div
      role="alert"
      data-testid="player-error"
      data-code={failure.code}
      className={`grid bg-stage px-6 text-stage-ink sm:px-10 ${isOverVideo ? 'min-h-full py-3 max-sm:text-sm sm:py-12' : 'min-h-[min(56.25vw,100svh-12rem)] py-12'}`}
    >
      <div className="m-auto w-full max-w-xl">
        <Icon
          className={`mb-4 size-8 text-stage-bad ${isOverVideo ? 'max-sm:hidden' : ''}`}
          aria-hidden="true"
        />
        <p className={`text-balance font-semibold ${isOverVideo ? 'text-base sm:text-title' : 'text-title'}`}>
          {failure.title}
        </p>
        {failure.isInsecure ? (
          <InsecureAdvice />
        ) : (
          <p className="mt-2 text-pretty text-stage-soft">{failure.advice}</p>
        )}
        <div className={`flex flex-wrap items-center gap-4 ${isOverVideo ? 'mt-3 sm:mt-6' : 'mt-6'}`}>
          {onRetry && !failure.isInsecure && (
            <Button kind="stage" onClick={onRetry}>
              Try again
            </Button>
          )}
          <small className="text-stage-soft text-xs">Code: {failure.code}</small>
        </div>
      </div>
    </div>
  );
}

/** Advice for a page that was opened over plain HTTP on a network address. Rendered in the browser only. */
function InsecureAdvice() {
  const { hostname, port, pathname } = location;
  const serverPort = port || '80';
  const tunnel = `ssh -L ${serverPort}:localhost:${serverPort} ${hostname}`;
  const local = `http://localhost:${serverPort}${pathname}`;
  return (
    <>
      <p className="mt-2 text-pretty text-stage-soft">
        Browsers play encrypted video only from an HTTPS address or from localhost. This page was opened over
        plain HTTP. One of these helps:
      </p>
      <ul className="mt-4 grid list-disc gap-3 pl-5 text-sm marker:text-stage-accent">
        <li>Open it at an HTTPS address, if this server has one.</li>
        <li>
          On the computer that the server runs on, open
          <CommandLine text={local} copyLabel="Copy the address" />
        </li>
        <li>
          From another computer, open an SSH tunnel, then the same localhost address:
          <CommandLine text={tunnel} copyLabel="Copy the command" />
        </li>
      </ul>
    </>
  );
}

function CommandLine({ text, copyLabel }: { text: string; copyLabel: string }) {
  return (
    <span className="mt-1.5 flex items-center gap-2">
      <code className="min-w-0 break-all rounded-sm bg-stage-raised px-2.5 py-1.5 font-mono text-[0.8125rem]">
        {text}
      </code>
      <CopyButton kind="stage" size="icon" label={copyLabel} text={() => text} />
    </span>
  );
}
