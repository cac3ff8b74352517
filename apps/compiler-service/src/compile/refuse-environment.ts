import { DomainError } from '@ushadow/contracts';
import { toPlace } from '../catalog/to-diagnostic.ts';
import type { GatheredEnvironment } from '../environment/gather-environment.ts';
import type { WorkEntry } from '../environment/work-entry.ts';

/** Throws ENVIRONMENT_UNRESOLVED with every required variable that no level has a value for. */
export function refuseUnresolved(entry: WorkEntry, { unresolved, declared }: GatheredEnvironment): void {
  if (unresolved.length === 0) return;
  const variables = unresolved.map((name) => {
    const { unset = [], position } = declared.find((variable) => variable.name === name) ?? {};
    return { name, reason: `${unset.join(', ')} not set`, ...toPlace(position, entry.source) };
  });
  const message =
    `${entry.name} needs a value for ${unresolved.join(', ')}. Type one (an empty one is a value), ` +
    'keep a setting of that name, or set `allow_unresolved`.';
  throw new DomainError('ENVIRONMENT_UNRESOLVED', 'invalid', message, { details: { variables } });
}

/** Throws ENVIRONMENT_UNAVAILABLE when a value that may be there cannot be asked for: a default would be a silent change. */
export function refuseUnanswered(entry: WorkEntry, { unanswered }: GatheredEnvironment): void {
  if (unanswered === undefined || unanswered.variables.length === 0) return;
  const { message, variables } = unanswered;
  throw new DomainError(
    'ENVIRONMENT_UNAVAILABLE',
    'unavailable',
    `${message} ${entry.name} may get ${variables.join(', ')} from there. Try again, or type these values.`,
    { details: { variables } },
  );
}
