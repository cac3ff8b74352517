import { withEntry } from '../tree/node.ts';
import type { MapNode } from '../tree/node.ts';

/** `scale` also says how many replicas `deploy` has, when there is a `deploy` that does not. */
export function alignReplicas(service: MapNode): MapNode {
  const scale = service.entries.get('scale');
  const deploy = service.entries.get('deploy');
  if (!scale || deploy?.kind !== 'map' || deploy.entries.has('replicas')) return service;
  return withEntry(service, 'deploy', withEntry(deploy, 'replicas', scale));
}
