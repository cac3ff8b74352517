import type { NamedService } from '../model/design.ts';

/** Zero replicas were asked for: as in Compose nothing runs, and nobody waits for it. */
export function runsNothing({ settings, service }: NamedService): boolean {
  return (settings.replicas ?? service.rollout.replicas) === 0;
}
