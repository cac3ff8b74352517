import type { CommandContext } from '../command.ts';
import type { ProgressOutput } from '../gateway/follow.ts';

/** One JSON value a line: each event as the gateway sends it, at last the deployment. */
export function jsonOutput({ print }: Pick<CommandContext, 'print'>): ProgressOutput {
  const line = (value: unknown): void => {
    print(`${JSON.stringify(value)}\n`);
  };
  return { begin: () => undefined, progress: line, lost: () => undefined, end: (deployment) => line(deployment) };
}
