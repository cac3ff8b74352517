import type { Names } from '../command.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';
import { serviceCommand } from './service-command.ts';

export const usage = `Usage: ushadow stop [SERVICE...] [OPTIONS]

Stops the services named, or all services of a stack: no pods are left. start brings them back as they were; ushadow up
does so too.

${JOB_USAGE}`;

export const options = JOB_OPTIONS;
export const names: readonly Names[] = ['service'];

export const run = serviceCommand('stopService', 'NOT_SCALABLE');
