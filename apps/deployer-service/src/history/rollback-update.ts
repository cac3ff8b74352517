import { failure, operations } from '@ushadow/contracts';
import { partOf } from '../content/merge-content.ts';
import { withPodMates } from '../content/replicas.ts';
import type { StackContent, StackUpdate } from '../content/stack-content.ts';

/**
 * All of a revision; or of some services only, with those that share a pod with them then or now. Those among them that
 * the revision did not have go.
 *
 * @param there services that have something in the cluster, or are about to, beside the current content
 * @throws DomainError `SERVICE_NOT_DEPLOYED`, `SHARED_CONFLICT` where one would go that was not named
 */
export function updateOf(
  content: StackContent,
  current: StackContent,
  services: readonly string[] | undefined,
  there: readonly string[],
): StackUpdate {
  const had = Object.keys(content.services);
  const now = new Set([...Object.keys(current.services), ...there]);
  const about =
    services === undefined
      ? [...new Set([...had, ...now])].sort()
      : withPodMates(content, withPodMates(current, services));
  const selected = about.filter((service) => had.includes(service));
  const gone = about.filter((service) => !had.includes(service));
  const unknown = gone.find((service) => !now.has(service));
  if (unknown !== undefined)
    throw failure(operations.rollbackStack, 'SERVICE_NOT_DEPLOYED', `The stack has no service ${unknown}.`);
  const unnamed = gone.filter((service) => services?.includes(service) === false);
  if (unnamed.length > 0) {
    const names = unnamed.join(', ');
    const message =
      `${names} shares a pod with ${services?.join(', ') ?? ''} now, and that revision did not have ${names}, ` +
      `which would go. Name ${names} as well, or go back as a whole.`;
    throw failure(operations.rollbackStack, 'SHARED_CONFLICT', message, { details: { services: unnamed } });
  }
  const { profiles, infraOf, specs, values, serviceValues, secrets, nodeNames, overrides, stopped } =
    content.configuration;
  // The configuration goes back along with the whole; for a selection only what is each service's own.
  const own = {
    specs,
    serviceValues,
    nodeNames,
    stopped,
    overrides: overrides.filter(({ service }) => selected.includes(service)),
  };
  const change = services === undefined ? { ...own, profiles, infraOf, values, secrets } : own;
  return { content: partOf(content, selected), selected, gone, change };
}
