import { entry, isNull, withEntries, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';

/** A build argument without value takes it from the project's variables; without one there it is left out. */
export function resolveBuildArguments(service: MapNode, variables: Readonly<Record<string, string>>): MapNode {
  const build = service.entries.get('build');
  const args = entry(build, 'args');
  if (build?.kind !== 'map' || args?.kind !== 'map') return service;
  const resolved = new Map<string, Node>();
  for (const [name, node] of args.entries) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (node.kind !== 'scalar' || !isNull(node)) resolved.set(name, node);
    else if (value !== undefined) resolved.set(name, { ...node, value });
  }
  const kept = resolved.size > 0 ? withEntries(args, resolved) : undefined;
  return withEntry(service, 'build', withEntry(build, 'args', kept));
}
