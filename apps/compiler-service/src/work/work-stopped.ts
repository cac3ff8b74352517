import { DomainError } from '@ushadow/contracts';

/** What a worker was stopped for, with what was measured. */
export type StopReason =
  | { readonly limit: 'cpu'; readonly seconds: number; readonly max: number }
  | { readonly limit: 'time'; readonly seconds: number; readonly max: number }
  | { readonly limit: 'memory'; readonly max_megabytes: number }
  /** It has ended its thread. */
  | { readonly limit: 'thread' };

/** Reading or compiling a project cost more than it may; the worker that did it is gone. */
export class WorkStopped extends DomainError {
  constructor(reason: StopReason) {
    super('PROJECT_TOO_COSTLY', 'invalid', `${textOf(reason)} Use a smaller project.`, { details: reason });
  }
}

function textOf(reason: StopReason): string {
  if (reason.limit === 'memory') return `It needs more than ${String(reason.max_megabytes)} MB of memory.`;
  if (reason.limit === 'thread') return 'It has ended the thread that it was read in.';
  const what = reason.limit === 'cpu' ? 'seconds of processor time' : 'seconds';
  return `It was stopped after ${reason.seconds.toFixed(1)} ${what}; it may take ${String(reason.max)}.`;
}
