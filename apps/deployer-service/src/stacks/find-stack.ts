import { failure, operations, type DomainError } from '@ushadow/contracts';
import type { Stack } from './stack.ts';
import type { StackStore } from './stack.store.ts';
import type { GoodRevision, StackContents } from './stack-contents.ts';

/** @throws DomainError `STACK_NOT_FOUND` */
export async function findStack(id: string, stacks: StackStore): Promise<Stack> {
  const stack = await stacks.find(id);
  if (stack === undefined) throw stackNotFound(id);
  return stack;
}

export function stackNotFound(id: string): DomainError {
  return failure(operations.getStack, 'STACK_NOT_FOUND', `No stack has the id ${id}.`);
}

/**
 * The last good revision of a stack that has these services.
 * @throws DomainError `SERVICE_NOT_DEPLOYED`
 */
export async function revisionWith(
  stack: Stack,
  services: readonly string[] | undefined,
  contents: StackContents,
): Promise<GoodRevision> {
  const good = await contents.lastGood(stack.id);
  const known = Object.keys(good?.content.services ?? {}).sort();
  if (good === undefined) throw neverDeployed(stack);
  refuseUnknown(stack, services, known);
  return good;
}

/** @throws DomainError `SERVICE_NOT_DEPLOYED` */
export function refuseUnknown(stack: Stack, services: readonly string[] | undefined, known: readonly string[]): void {
  if (known.length === 0) throw neverDeployed(stack);
  const { project, namespace } = stack;
  const unknown = services?.find((service) => !known.includes(service));
  if (unknown !== undefined)
    throw notDeployed(`${project} in ${namespace} has no service ${unknown}; it has ${known.join(', ')}.`);
}

function neverDeployed({ project, namespace }: Stack): DomainError {
  return notDeployed(`${project} was never deployed to ${namespace}, or was removed.`);
}

function notDeployed(text: string): DomainError {
  return failure(operations.restartService, 'SERVICE_NOT_DEPLOYED', text);
}
