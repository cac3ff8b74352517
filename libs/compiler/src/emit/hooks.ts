import type { DesignedService } from '../model/design.ts';
import type { Hook } from '../model/process.ts';
import type { Draft } from './sourced.ts';
import { filled, from } from './sourced.ts';

/** `post_start` and `pre_stop`; the API runs one command at each, so several become one shell line. */
export function emitLifecycle({ service }: DesignedService): Draft {
  return filled({ postStart: handler(service.lifecycle.afterStart), preStop: handler(service.lifecycle.beforeStop) });
}

function handler(hooks: readonly Hook[]): Draft {
  const [first] = hooks;
  if (first === undefined) return undefined;
  const plain = hooks.length === 1 && first.workingDir === undefined && Object.keys(first.environment).length === 0;
  // The kubelet does not expand variables here.
  const command = plain ? first.command : ['/bin/sh', '-c', hooks.map(shellLine).join(' && ')];
  return from(first.path, { exec: { command } });
}

function shellLine({ command, workingDir, environment }: Hook): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quote(value)} `);
  const line = variables.join('') + command.map(quote).join(' ');
  return workingDir === undefined ? `(${line})` : `(cd ${quote(workingDir)} && ${line})`;
}

function quote(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
