import type { ComposeService } from '@ushadow/compose';
import type { HealthCheck } from '../model/health.ts';
import { durationSeconds } from '../text/measures.ts';
import { positive } from './lower-scheduling.ts';

export function lowerHealth(service: ComposeService, path: string): HealthCheck | undefined {
  const check = service.healthcheck;
  if (check === undefined) return undefined;
  const [how, ...command] = check.test ?? [];
  return {
    kind: check.disable === true || how === 'NONE' ? 'none' : kindOf(how, command),
    command,
    interval: positive(durationSeconds(check.interval)),
    timeout: positive(durationSeconds(check.timeout)),
    retries: positive(check.retries),
    startPeriod: positive(durationSeconds(check.start_period)),
    startInterval: positive(durationSeconds(check.start_interval)),
    path: `${path}/healthcheck`,
  };
}

function kindOf(how: string | undefined, command: readonly string[]): HealthCheck['kind'] {
  if (how === undefined || command.length === 0) return 'timing';
  return how === 'CMD-SHELL' ? 'shell' : 'exec';
}
