import type { JsonValue } from '@ushadow/kubernetes';
import { listAt, numberAt, textAt, textMapAt } from './read-json.ts';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Number or name of a container port; the port itself when not given. */
  readonly target: number | string;
  readonly nodePort: number | undefined;
}

export interface ServiceView {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly headless: boolean;
  readonly externalName: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Empty when the Service selects no pods. */
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePort[];
  /** Addresses a load balancer gave: IP or host name. */
  readonly loadBalancer: readonly string[];
  /** Kind and name of what made it, when it says so. */
  readonly madeBy: string | undefined;
}

/** Throws for an object that has no name: nothing useful can be said about it. */
export function readService(service: unknown): ServiceView {
  const name = textAt(service, 'metadata', 'name');
  if (name === undefined) throw new Error('a Service without a name');
  return {
    name,
    namespace: textAt(service, 'metadata', 'namespace') ?? 'default',
    type: textAt(service, 'spec', 'type') ?? 'ClusterIP',
    headless: textAt(service, 'spec', 'clusterIP') === 'None',
    externalName: textAt(service, 'spec', 'externalName'),
    labels: textMapAt(service, 'metadata', 'labels'),
    selector: textMapAt(service, 'spec', 'selector'),
    ports: listAt(service, 'spec', 'ports').flatMap(readPort),
    loadBalancer: listAt(service, 'status', 'loadBalancer', 'ingress').flatMap((ingress) => {
      const address = textAt(ingress, 'ip') ?? textAt(ingress, 'hostname');
      return address === undefined ? [] : [address];
    }),
    madeBy: madeBy(service),
  };
}

function readPort(port: JsonValue): ServicePort[] {
  const number = numberAt(port, 'port');
  if (number === undefined) return [];
  const target = numberAt(port, 'targetPort') ?? textAt(port, 'targetPort') ?? number;
  return [{ name: textAt(port, 'name'), port: number, target, nodePort: numberAt(port, 'nodePort') }];
}

function madeBy(service: unknown): string | undefined {
  const owner = listAt(service, 'metadata', 'ownerReferences')[0];
  const kind = textAt(owner, 'kind');
  if (kind !== undefined) return `${kind}/${textAt(owner, 'name') ?? '?'}`;
  return textAt(service, 'metadata', 'labels', 'app.kubernetes.io/managed-by');
}
