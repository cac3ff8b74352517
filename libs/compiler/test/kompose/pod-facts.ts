import { parseQuantity } from '@ushadow/kubernetes';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isSet, listAt, numberAt, objectAt, objectsIn } from '@ushadow/kubernetes-schema';
import { addMountFacts } from './mount-facts.ts';
import { environmentOf, expand, portNumber, unitsOf } from './read-cluster.ts';
import type { Unit } from './read-cluster.ts';

type Facts = Map<string, unknown>;

/** Names of containers differ by design; the image tells two containers of a pod apart. */
const unitName = ({ workload, container, init }: Unit): string =>
  `${workload.metadata.name}${init ? ' init' : ''} ${String(container.image)}`;

function addProbes(facts: Facts, prefix: string, unit: Unit): void {
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = objectAt(unit.container[kind]);
    if (!isSet(unit.container[kind])) continue;
    const exec = probe.exec && listAt(objectAt(probe.exec).command).map((arg) => expand(String(arg), new Map()));
    const get = objectAt(probe.httpGet);
    const http = probe.httpGet && {
      path: get.path ?? '/',
      port: portNumber(get.port, [unit]),
      scheme: get.scheme ?? 'HTTP',
    };
    const tcp = probe.tcpSocket && portNumber(objectAt(probe.tcpSocket).port, [unit]);
    facts.set(`${prefix} ${kind}`, exec ?? http ?? { tcp: tcp ?? null });
    const numbers = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 } as const;
    facts.set(
      `${prefix} ${kind} timing`,
      Object.entries(numbers).map(([name, standard]) => `${name} ${numberAt(probe[name]) ?? standard}`),
    );
  }
}

function addResources(facts: Facts, prefix: string, { container }: Unit): void {
  for (const group of ['limits', 'requests'] as const)
    for (const [name, amount] of Object.entries(objectAt(objectAt(container.resources)[group])))
      facts.set(`${prefix} ${group} ${name}`, String(parseQuantity(String(amount))));
}

const securityFields = [
  'runAsUser',
  'runAsGroup',
  'privileged',
  'readOnlyRootFilesystem',
  'fsGroup',
  'supplementalGroups',
] as const;

function addSecurity(facts: Facts, prefix: string, { pod, container }: Unit): void {
  const context = { ...objectAt(pod.securityContext), ...objectAt(container.securityContext) };
  for (const field of securityFields)
    if (isSet(context[field]) && context[field] !== false) facts.set(`${prefix} ${field}`, context[field]);
  const { add, drop } = objectAt(context.capabilities);
  if (listAt(add).length) facts.set(`${prefix} capabilities added`, [...listAt(add)].sort());
  if (listAt(drop).length) facts.set(`${prefix} capabilities dropped`, [...listAt(drop)].sort());
}

/** The containers of all workloads. */
export function addContainerFacts(facts: Facts, objects: readonly KubeObject[]): void {
  for (const unit of unitsOf(objects)) {
    const { container } = unit;
    const prefix = unitName(unit);
    const variables = environmentOf(objects, unit);
    facts.set(`${prefix} container`, true);
    for (const field of ['command', 'args'] as const)
      facts.set(
        `${prefix} ${field}`,
        isSet(container[field]) ? listAt(container[field]).map((arg) => expand(String(arg), variables)) : null,
      );
    for (const field of ['workingDir', 'tty', 'stdin', 'imagePullPolicy'] as const)
      if (isSet(container[field])) facts.set(`${prefix} ${field}`, container[field]);
    facts.set(`${prefix} variables`, [...variables.keys()].sort());
    for (const [name, value] of variables) facts.set(`${prefix} variable ${name}`, value);
    for (const [, port] of objectsIn(container.ports))
      facts.set(
        `${prefix} port ${String(port.containerPort)}/${String(port.protocol ?? 'TCP')}`,
        port.hostPort ?? null,
      );
    addMountFacts(facts, prefix, objects, unit);
    addProbes(facts, prefix, unit);
    addResources(facts, prefix, unit);
    addSecurity(facts, prefix, unit);
  }
}

/** What stands in the pod beside its containers. */
export function podFacts(pod: JsonObject): Readonly<Record<string, unknown>> {
  const affinity = objectAt(objectAt(pod.affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution;
  return {
    'restart policy': pod.restartPolicy ?? 'Always',
    hostname: pod.hostname ?? null,
    subdomain: pod.subdomain ?? null,
    'service account': pod.serviceAccountName ?? null,
    'pull secrets': listAt(pod.imagePullSecrets).map((secret) => objectAt(secret).name),
    'grace period': pod.terminationGracePeriodSeconds ?? null,
    'node affinity': objectsIn(objectAt(affinity).nodeSelectorTerms)
      .flatMap(([, term]) =>
        objectsIn(term.matchExpressions).map(
          ([, e]) => `${String(e.key)} ${String(e.operator)} ${listAt(e.values).join()}`,
        ),
      )
      .sort(),
    spread: objectsIn(pod.topologySpreadConstraints)
      .map(([, c]) => `${String(c.topologyKey)} ${String(c.whenUnsatisfiable)}`)
      .sort(),
  };
}
