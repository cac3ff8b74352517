import type { Report } from '../diagnostics/report.ts';
import { cleanPath } from '../files/paths.ts';
import { mergeNodes } from '../merge/merge.ts';
import { entriesOf, entry, itemsOf, map, scalar, textOf, withEntries, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { Position } from '../positions.ts';
import { CONTAINER_KEYS } from './shapes.ts';

/** Puts in what the model implies: default networks, dependencies that follow from links, names of resources. */
export function normalize(root: MapNode, projectName: string, report: Report): MapNode {
  const services = new Map(
    [...entriesOf(root.entries.get('services'))].map(([name, node]) => [
      name,
      node.kind === 'map' ? normalizeService(node, report) : node,
    ]),
  );
  const withServices = withEntry(root, 'services', map(services, root.entries.get('services')?.at ?? root.at));
  return nameResources(addDefaultNetwork(withServices), projectName);
}

function normalizeService(service: MapNode, report: Report): MapNode {
  const steps = [joinDefaultNetwork, namePullPolicy, nameDockerfile, cleanTargets, implyDependencies];
  return inheritHooks(
    steps.reduce((node, step) => step(node), service),
    report,
  );
}

function joinDefaultNetwork(service: MapNode): MapNode {
  const { entries } = service;
  if (entries.has('provider') || entries.has('network_mode')) return service;
  const networks = entries.get('networks');
  if (networks && entriesOf(networks).size > 0) return service;
  const at = networks?.at ?? service.at;
  return withEntry(service, 'networks', map([['default', scalar(null, at)]], at));
}

function namePullPolicy(service: MapNode): MapNode {
  const policy = service.entries.get('pull_policy');
  return policy && textOf(policy) === 'if_not_present'
    ? withEntry(service, 'pull_policy', scalar('missing', policy.at))
    : service;
}

function nameDockerfile(service: MapNode): MapNode {
  const build = service.entries.get('build');
  if (build?.kind !== 'map' || build.entries.has('dockerfile') || build.entries.has('dockerfile_inline'))
    return service;
  return withEntry(service, 'build', withEntry(build, 'dockerfile', scalar('Dockerfile', build.at)));
}

function cleanTargets(service: MapNode): MapNode {
  const volumes = service.entries.get('volumes');
  if (volumes?.kind !== 'seq') return service;
  let same = true;
  const items = volumes.items.map((volume) => {
    const target = entry(volume, 'target');
    const text = textOf(target);
    if (volume.kind !== 'map' || !target || text === undefined) return volume;
    const clean = cleanPath(text);
    if (clean === text) return volume;
    same = false;
    return withEntry(volume, 'target', scalar(clean, target.at));
  });
  return same ? service : withEntry(service, 'volumes', { ...volumes, items });
}

const SHARED_NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** Links, shared namespaces and volumes_from make a service start after the one they name. */
function implyDependencies(service: MapNode): MapNode {
  const written = service.entries.get('depends_on');
  const entries = new Map(entriesOf(written));
  for (const { name, restart, at } of impliedBy(service)) {
    if (entries.has(name)) continue;
    const condition = ['condition', scalar('service_started', at)] as const;
    entries.set(name, map([condition, ['restart', scalar(restart, at)], ['required', scalar(true, at)]], at));
  }
  return entries.size > 0 ? withEntry(service, 'depends_on', map(entries, written?.at ?? service.at)) : service;
}

interface Implied {
  readonly name: string;
  readonly restart: boolean;
  readonly at: Position;
}

function impliedBy(service: MapNode): readonly Implied[] {
  const links = itemsOf(service.entries.get('links')).map((link) => {
    const text = textOf(link) ?? '';
    const parts = text.split(':');
    return { name: parts.length === 2 ? (parts[0] ?? '') : text, restart: true, at: link.at };
  });
  const shared = SHARED_NAMESPACES.flatMap((key) => {
    const node = service.entries.get(key);
    const text = textOf(node);
    return node && text?.startsWith('service:')
      ? [{ name: text.slice('service:'.length), restart: true, at: node.at }]
      : [];
  });
  const mounted = itemsOf(service.entries.get('volumes_from')).flatMap((from) => {
    const text = textOf(from) ?? '';
    return text.startsWith('container:') ? [] : [{ name: text.split(':', 1)[0] ?? '', restart: false, at: from.at }];
  });
  return [...links, ...shared, ...mounted];
}

/** A pre_start hook takes over the container settings of its service, volumes excepted. */
function inheritHooks(service: MapNode, report: Report): MapNode {
  const hooks = service.entries.get('pre_start');
  if (hooks?.kind !== 'seq' || hooks.items.length === 0) return service;
  const inherited = [...service.entries].filter(([key]) => key !== 'volumes' && CONTAINER_KEYS.has(key));
  const items = hooks.items.map((hook) => mergeNodes(map(inherited, service.at), hook, report, ['services', 'hook']));
  return withEntry(service, 'pre_start', { ...hooks, items });
}

function addDefaultNetwork(root: MapNode): MapNode {
  const networks = entriesOf(root.entries.get('networks'));
  const services = [...entriesOf(root.entries.get('services')).values()];
  const uses = services.some(
    (service) => !entry(service, 'provider') && entriesOf(entry(service, 'networks')).has('default'),
  );
  if (!uses || networks.has('default')) return root;
  const at = root.entries.get('networks')?.at ?? root.at;
  return withEntry(root, 'networks', map([...networks, ['default', scalar(null, at)]], at));
}

function nameResources(root: MapNode, projectName: string): MapNode {
  const entries = new Map(root.entries);
  for (const kind of ['networks', 'volumes', 'configs', 'secrets']) {
    const resources = entries.get(kind);
    if (resources?.kind !== 'map') continue;
    const named = [...resources.entries].map(([key, node]) => [key, nameResource(key, node, projectName)] as const);
    entries.set(kind, withEntries(resources, new Map(named)));
  }
  return withEntries(root, entries);
}

function nameResource(key: string, node: Node, projectName: string): Node {
  const resource = node.kind === 'map' ? node : map([], node.at);
  if (resource.entries.has('name')) return resource;
  const external = resource.entries.get('external');
  const isExternal = external?.kind === 'scalar' && external.value === true;
  return withEntry(resource, 'name', scalar(isExternal ? key : `${projectName}_${key}`, resource.at));
}
