import { DomainError } from '@ushadow/contracts';
import type { SourcePlace } from '../catalog/project-source.ts';
import { toPlace } from '../catalog/to-diagnostic.ts';
import { mayBeScanned, type GatheredProject } from './gather-project.ts';
import type { UnresolvedPlace } from './unresolved.ts';

/** Throws ENVIRONMENT_UNRESOLVED with every place that needs a variable without a value. */
export function refuseUnresolved(source: SourcePlace, places: readonly UnresolvedPlace[]): void {
  if (places.length === 0) return;
  const names = [...new Set(places.map(({ name }) => name))];
  const variables = places.map(({ name, service, path, position, insists }) => ({
    name,
    service: service ?? null,
    path,
    reason: insists ? 'the file insists on a value' : 'no value and no default',
    ...toPlace(position, source),
  }));
  const message =
    `${source.stem} needs a value for ${names.join(', ')}. Type one (an empty one is a value where the file does not ` +
    'insist), put it into the `.env` or the shell, keep a setting of that name, or set `allow_unresolved`.';
  throw new DomainError('ENVIRONMENT_UNRESOLVED', 'invalid', message, { details: { variables } });
}

/** Throws ENVIRONMENT_UNAVAILABLE when a value that may be there cannot be asked for: a default would be a silent change. */
export function refuseUnanswered(
  source: SourcePlace,
  { unanswered, services, chosen }: GatheredProject,
  selected: readonly string[],
): void {
  if (unanswered === undefined) return;
  const open = selected.flatMap((name) =>
    (services.get(name)?.variables ?? []).filter((variable) => mayBeScanned(variable, chosen.kept)),
  );
  const variables = [...new Set(open.map(({ name }) => name))];
  if (variables.length === 0) return;
  throw new DomainError(
    'ENVIRONMENT_UNAVAILABLE',
    'unavailable',
    `${unanswered} ${source.stem} may get ${variables.join(', ')} from there. Try again, or type these values.`,
    { details: { variables } },
  );
}
