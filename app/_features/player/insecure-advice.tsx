'use client';

import { CopyButton } from '@/app/_ui/copy-button';

/** Advice for a page that was opened over plain HTTP on a network address. Rendered in the browser only. */
export function InsecureAdvice() {
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
