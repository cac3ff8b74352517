import type { Names } from '../command.ts';
import { JOB_OPTIONS, JOB_USAGE } from './job-options.ts';
import { serviceCommand } from './service-command.ts';

export const usage = `Usage: ushadow restart [SERVICE...] [OPTIONS]

Replaces all pods of the services named, or of all services of a stack.

${JOB_USAGE}`;

export const options = JOB_OPTIONS;
export const names: readonly Names[] = ['service'];

export const run = serviceCommand('restartService', 'NOTHING_TO_RESTART');
