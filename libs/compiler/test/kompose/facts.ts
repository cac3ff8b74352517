import { parseQuantity } from '@ushadow/kubernetes';
import type { KubeObject } from '@ushadow/kubernetes';
import { isSet, objectAt, objectsIn, textAt } from '@ushadow/kubernetes-schema';
import { addContainerFacts, podFacts } from './pod-facts.ts';
import { picks, portNumber, unitsOf, workloadKinds } from './read-cluster.ts';

type Facts = Map<string, unknown>;

/** What objects mean, apart from labels, annotations and the names of all but workloads and Services. */
export function factsOf(objects: readonly KubeObject[]): ReadonlyMap<string, unknown> {
  const facts: Facts = new Map();
  for (const object of objects) {
    if (workloadKinds.includes(object.kind)) addWorkload(facts, object, objects);
    else if (object.kind === 'Service') addService(facts, object, objects);
    else if (object.kind === 'Ingress') addIngress(facts, object, objects);
    else if (object.kind === 'HorizontalPodAutoscaler') addAutoscaler(facts, object);
    else if (object.kind === 'NetworkPolicy') addPolicy(facts, object, objects);
    else if (object.kind === 'Namespace') facts.set(`namespace ${object.metadata.name}`, true);
  }
  addContainerFacts(facts, objects);
  return facts;
}

function addWorkload(facts: Facts, object: KubeObject, objects: readonly KubeObject[]): void {
  const { name, namespace } = object.metadata;
  const spec = objectAt(object.spec);
  const scaled = objects.some(
    (o) => o.kind === 'HorizontalPodAutoscaler' && objectAt(objectAt(o.spec).scaleTargetRef).name === name,
  );
  facts.set(`${name} kind`, object.kind);
  facts.set(`${name} namespace`, namespace ?? null);
  if (!['Pod', 'DaemonSet', 'Job', 'CronJob'].includes(object.kind))
    facts.set(`${name} replicas`, spec.replicas ?? (scaled ? 'left to the autoscaler' : 1));
  const unit = unitsOf([object])[0];
  for (const [fact, value] of Object.entries(podFacts(unit?.pod ?? {}))) facts.set(`${name} ${fact}`, value);
  if (object.kind !== 'CronJob') return;
  facts.set(`${name} schedule`, spec.schedule);
  facts.set(`${name} concurrency`, spec.concurrencyPolicy ?? 'Allow');
  facts.set(`${name} backoff`, objectAt(objectAt(spec.jobTemplate).spec).backoffLimit ?? null);
}

function addService(facts: Facts, object: KubeObject, objects: readonly KubeObject[]): void {
  const { name } = object.metadata;
  const spec = objectAt(object.spec);
  const units = unitsOf(objects).filter((unit) => picks(objectAt(spec.selector), unit));
  facts.set(`service ${name} leads to`, [...new Set(units.map((unit) => unit.workload.metadata.name))].sort());
  facts.set(`service ${name} type`, textAt(spec.type) ?? 'ClusterIP');
  facts.set(`service ${name} headless`, spec.clusterIP === 'None');
  if (spec.externalTrafficPolicy !== undefined)
    facts.set(`service ${name} external traffic`, spec.externalTrafficPolicy);
  for (const [, port] of objectsIn(spec.ports)) {
    const protocol = textAt(port.protocol) ?? 'TCP';
    const target = portNumber(isSet(port.targetPort) ? port.targetPort : port.port, units);
    facts.set(`service ${name} port ${String(port.port)}/${protocol}`, { target, nodePort: port.nodePort ?? null });
  }
}

function addIngress(facts: Facts, object: KubeObject, objects: readonly KubeObject[]): void {
  const spec = objectAt(object.spec);
  for (const [, rule] of objectsIn(spec.rules))
    for (const [, path] of objectsIn(objectAt(rule.http).paths)) {
      const { name, port } = objectAt(objectAt(path.backend).service);
      const service = objectAt(objects.find((o) => o.kind === 'Service' && o.metadata.name === name));
      const named = objectsIn(objectAt(service.spec).ports).find(([, p]) => p.name === objectAt(port).name);
      const at = `ingress ${textAt(rule.host) ?? '*'}${textAt(path.path) ?? '/'}`;
      facts.set(at, { type: path.pathType, service: name, port: objectAt(port).number ?? named?.[1].port ?? null });
      facts.set(`${at} class`, spec.ingressClassName ?? null);
    }
  for (const [, tls] of objectsIn(spec.tls))
    facts.set(`tls ${JSON.stringify(tls.hosts ?? [])}`, tls.secretName ?? null);
}

function addAutoscaler(facts: Facts, { spec: given }: KubeObject): void {
  const spec = objectAt(given);
  const target = objectAt(spec.scaleTargetRef);
  const at = `autoscaler of ${String(target.kind)} ${String(target.name)}`;
  facts.set(`${at} bounds`, [spec.minReplicas ?? 1, spec.maxReplicas]);
  for (const [, metric] of objectsIn(spec.metrics)) {
    const { name, target: wanted } = objectAt(metric.resource);
    const { averageUtilization, averageValue } = objectAt(wanted);
    facts.set(`${at} ${String(name)}`, averageUtilization ?? String(parseQuantity(String(averageValue))));
  }
}

/** Pods are named by their workloads: labels differ by design. */
function addPolicy(facts: Facts, { spec: given }: KubeObject, objects: readonly KubeObject[]): void {
  const spec = objectAt(given);
  const chosen = (selector: unknown): string => {
    const labels = objectAt(objectAt(selector).matchLabels);
    return [
      ...new Set(
        unitsOf(objects)
          .filter((unit) => picks(labels, unit))
          .map((unit) => unit.workload.metadata.name),
      ),
    ]
      .sort()
      .join();
  };
  const pods = chosen(spec.podSelector);
  for (const [, rule] of objectsIn(spec.ingress))
    for (const [, from] of objectsIn(rule.from).length ? objectsIn(rule.from) : [[0, {}] as const]) {
      const ports = objectsIn(rule.ports).map(([, p]) => String(p.port));
      facts.set(
        `policy of ${pods} from ${from.podSelector ? chosen(from.podSelector) : 'anywhere'} to ${ports.join() || 'any port'}`,
        true,
      );
    }
}
