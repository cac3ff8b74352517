import type { Names } from '../command.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';
import { serviceCommand } from './service-command.ts';

export const usage = `Usage: ushadow start [SERVICE...] [OPTIONS]

Starts the services named, or all services of a stack that were stopped, as they were before.

${JOB_USAGE}`;

export const options = JOB_OPTIONS;
export const names: readonly Names[] = ['service'];

export const run = serviceCommand('startService', 'NOT_STOPPED');
