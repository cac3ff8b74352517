import type { ParseArgsConfig } from 'node:util';
import { DETACH_OPTIONS, DETACH_USAGE } from '../gateway/await-deployment.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE, STACK_OPTIONS, STACK_USAGE } from '../gateway/command-line.ts';

/** The options of every command that does something to a stack there is. */
export const JOB_OPTIONS = {
  ...GATEWAY_OPTIONS,
  ...STACK_OPTIONS,
  ...DETACH_OPTIONS,
  message: { type: 'string', short: 'm' },
} as const satisfies ParseArgsConfig['options'];

export const JOB_USAGE = `${DETACH_USAGE}  -m, --message TEXT         why, for the history
${STACK_USAGE}${GATEWAY_USAGE}`;
