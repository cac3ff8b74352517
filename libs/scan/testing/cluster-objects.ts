import type { ScanInput } from '../src/scan-services.ts';

export type Json = Record<string, unknown>;
type Labels = Readonly<Record<string, string>>;

export const NAMESPACE = 'infra';

export interface ServiceOptions {
  readonly labels?: Labels;
  /** None: the Service selects nothing. */
  readonly selector?: Labels;
  /** `[name, port, targetPort]` */
  readonly ports: readonly (readonly [name: string | undefined, port: number, target?: number | string])[];
  readonly headless?: boolean;
  /** `Kind/name` */
  readonly owner?: string;
  readonly spec?: Json;
  /** Pods behind it by name, as an EndpointSlice tells of them; undefined for no slice. */
  readonly endpoints?: readonly string[];
  readonly ready?: boolean;
}

/** A Service, and the EndpointSlice of it when endpoints are named. */
export function service(name: string, options: ServiceOptions): ScanInput {
  const { labels, selector, ports, headless = false, owner, spec, endpoints, ready = true } = options;
  const [kind, ownerName] = owner?.split('/') ?? [];
  const object = {
    metadata: {
      name,
      namespace: NAMESPACE,
      labels,
      ...(owner === undefined ? {} : { ownerReferences: [{ kind, name: ownerName }] }),
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: headless ? 'None' : '10.0.0.9',
      selector,
      ports: ports.map(([portName, port, targetPort]) => ({ name: portName, port, targetPort, protocol: 'TCP' })),
      ...spec,
    },
  };
  const slice = {
    metadata: { namespace: NAMESPACE, labels: { 'kubernetes.io/service-name': name } },
    endpoints: endpoints?.map((pod) => ({
      addresses: ['10.1.0.1'],
      conditions: { ready },
      targetRef: { kind: 'Pod', name: pod, namespace: NAMESPACE },
    })),
  };
  return { services: [object], endpointSlices: endpoints === undefined ? [] : [slice] };
}

/** `image` and the container's ports, by name. */
export type ContainerOptions = readonly [image: string, ports?: Readonly<Record<string, number>>];

export function pod(name: string, labels: Labels, ...containers: readonly ContainerOptions[]): ScanInput {
  const spec = {
    containers: containers.map(([image, ports = {}], index) => ({
      name: `c${index}`,
      image,
      ports: Object.entries(ports).map(([portName, containerPort]) => ({ name: portName, containerPort })),
    })),
  };
  return { services: [], pods: [{ metadata: { name, namespace: NAMESPACE, labels }, spec }] };
}

export function together(...parts: readonly ScanInput[]): ScanInput {
  const all = (key: keyof ScanInput) => parts.flatMap((part) => part[key] ?? []);
  return {
    services: all('services'),
    pods: all('pods'),
    endpointSlices: all('endpointSlices'),
    workloads: all('workloads'),
    nodes: all('nodes'),
  };
}
