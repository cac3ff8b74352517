import type { ForwardedTo } from '@ushadow/contracts';
import { Refusal, type CommandContext } from '../command.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { forwardPort, type Forwarding } from './forward-port.ts';
import { openStream } from './open-stream.ts';

export interface ForwardTarget {
  readonly stackId: string;
  readonly service: string;
  readonly pod?: string | undefined;
  /** Absent: the one that looks most like pages. */
  readonly remote?: number | undefined;
  /** Of this machine; 0 for any that is free. */
  readonly local?: number | undefined;
}

/** Forwards a port until a signal or its end. `onReady` is told the port of this machine, and where it leads. */
export async function forward(
  gateway: Gateway,
  { stackId, service, pod, remote, local }: ForwardTarget,
  context: CommandContext,
  onReady: (port: number, target: ForwardedTo) => void,
): Promise<number> {
  const path = `/api/stacks/${stackId}/services/${encodeURIComponent(service)}/port-forward`;
  const stream = await openStream(gateway, path, { port: remote, pod });
  const forwarding = await forwardPort(stream, {
    port: local,
    onProblem: (message) => context.printError(`${visibleText(message)}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new Refusal(taken(local, error.code)) : error;
  });
  return untilSignal(forwarding, () => onReady(forwarding.port, forwarding.target));
}

async function untilSignal(forwarding: Forwarding, onReady: () => void): Promise<number> {
  const stop = (): void => forwarding.stop();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    onReady();
    await forwarding.ended;
    return 0;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

function taken(local: number | undefined, code: string): string {
  const why = code === 'EACCES' ? 'may not be used by you' : 'is taken';
  const named = local === undefined ? 'That port' : `Port ${String(local)}`;
  return `${named} of this machine ${why}. Name another one, as in 18080:80, or :80 for any.`;
}
