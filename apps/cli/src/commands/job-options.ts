import type { ParseArgsConfig } from 'node:util';

/** The options of every command that starts a deployment. */
export const JOB_OPTIONS = {
  supersede: { type: 'boolean' },
  message: { type: 'string', short: 'm' },
  wait: { type: 'boolean', short: 'w' },
} as const satisfies ParseArgsConfig['options'];

export const JOB_USAGE = `      --supersede            end the deployment of this service that is under way
  -m, --message TEXT         why, for the history
`;

export interface JobValues {
  readonly supersede?: boolean | undefined;
  readonly message?: string | undefined;
}

export function jobOf({ supersede, message }: JobValues): { supersede?: boolean; message?: string } {
  return { ...(supersede === true ? { supersede } : {}), ...(message === undefined ? {} : { message }) };
}
