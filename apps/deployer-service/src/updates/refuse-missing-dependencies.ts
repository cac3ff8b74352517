import { DomainError } from '@ushadow/contracts';
import type { StackContent, StackObjects, StackUpdate } from '../content/stack-content.ts';

/**
 * What is depended on must be taken along, or run already.
 * @throws DomainError `DEPENDENCY_NOT_RUNNING`
 */
export function refuseMissingDependencies(
  { selected }: StackUpdate,
  content: StackObjects,
  before: StackContent,
): void {
  const missing = selected.flatMap((service) =>
    (content.services[service]?.dependsOn ?? [])
      .filter((each) => each.required && !selected.includes(each.service))
      .filter((each) => before.services[each.service] === undefined || isStopped(before, each.service))
      .map((each) => ({ service, on: each.service, stopped: before.services[each.service] !== undefined })),
  );
  const [first] = missing;
  if (first === undefined) return;
  const { service, on, stopped } = first;
  const more = missing.length > 1 ? ` (and ${String(missing.length - 1)} more)` : '';
  const message =
    `${service} depends on ${on}, which is ${stopped ? 'stopped' : 'not deployed'} and not selected${more}. ` +
    'Take it along: --with-dependencies.';
  throw new DomainError('DEPENDENCY_NOT_RUNNING', 'conflict', message, { details: { dependencies: missing } });
}

function isStopped({ configuration }: StackContent, service: string): boolean {
  return configuration.stopped[service] !== undefined;
}
