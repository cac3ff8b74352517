import { knownImage } from '@ushadow/compiler';
import { DomainError } from '@ushadow/contracts';
import { replicasOf, sharedClaimsOf } from '../content/replicas.ts';
import type { StackObjects } from '../content/stack-content.ts';

/**
 * Two of a database on one claim destroy its data.
 * @throws DomainError `SINGLE_WRITER`
 */
export function refuseSharedWriters(content: StackObjects, services: readonly string[]): void {
  for (const service of services) {
    const replicas = replicasOf(content, service) ?? 1;
    const image = content.services[service]?.image ?? null;
    const claims = sharedClaimsOf(content, service);
    if (replicas < 2 || claims.length === 0 || image === null || knownImage(image)?.database !== true) continue;
    const message =
      `${service} would have ${String(replicas)} replicas of ${image} writing to the claim ${claims.join(', ')}, ` +
      'which only one may. Keep one replica, or give each a claim of its own.';
    throw new DomainError('SINGLE_WRITER', 'conflict', message, { details: { service, claims } });
  }
}
