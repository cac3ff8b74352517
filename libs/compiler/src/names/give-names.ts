import { isDnsSubdomain } from '@ushadow/kubernetes';
import { freeName } from './free-name.ts';

export interface NameRequest {
  /** What is to be named, told apart from all others of its kind. */
  readonly key: string;
  readonly name: string;
  /** It is there, and called so already. */
  readonly fixed?: boolean;
}

/**
 * A name of its own for each object of one kind. What is there keeps its name; of the others the first that asks for one
 * has it, and any other is told apart by a digest of its own key: its name does not depend on how many there are.
 */
export function giveNames(
  requests: readonly NameRequest[],
  isReserved: (name: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  const fixed = requests.filter((request) => request.fixed === true);
  const names = new Map(fixed.map(({ key, name }) => [key, name]));
  const taken = new Set(names.values());
  const isTaken = (name: string): boolean => taken.has(name) || isReserved(name);
  for (const { key, name: request } of requests) {
    if (names.has(key)) continue;
    const name = isDnsSubdomain(request) && !isTaken(request) ? request : freeName(`${request}/${key}`, isTaken);
    names.set(key, name);
    taken.add(name);
  }
  return names;
}

/** The policy that keeps open what a service publishes; names of networks' own give way to it. */
export const policyName = (service: string): string => `${service}-published`;
