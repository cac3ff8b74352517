import { infrastructureOf } from '@ushadow/scan';
import type { DeclaredValue } from '../environment-input.ts';
import { namesOwnService } from './names-own-service.ts';

/**
 * Variables that no scan replaces: their default leads to a service, alias or container name of the project, or they
 * belong to such a one, as the port beside a host does.
 */
export function keptFromScans(
  services: readonly { readonly declared: readonly DeclaredValue[] }[],
  ownNames: ReadonlySet<string>,
): ReadonlySet<string> {
  const kept = services.flatMap(({ declared }) => {
    const leading = declared.filter(({ value }) => value !== null && namesOwnService(value, ownNames));
    const types = new Set(leading.flatMap(({ name, value }) => infrastructureOf(name, value ?? undefined) ?? []));
    const beside = declared.filter(({ name, value }) => types.has(infrastructureOf(name, value ?? undefined) ?? ''));
    return [...leading, ...beside].map(({ name }) => name);
  });
  return new Set(kept);
}
