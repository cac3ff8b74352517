import { valueAt, type JsonValue } from '@ushadow/kubernetes/json';
import { keptOf, labelsAt, listAt, numberAt, textAt, wordAt } from './read-json.ts';
import { readSecretVariables, type SecretVariable } from './secret-variables.ts';

export interface ContainerView {
  readonly image: string;
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
  readonly secretVariables: readonly SecretVariable[];
}

/** What a scan keeps of a pod, or of the template of a workload that has no pod now. */
export interface PodView {
  readonly namespace: string;
  /** Kept only where a Service finds its pods by name; undefined for templates. */
  readonly name: string | undefined;
  /** Those that were asked for. */
  readonly labels: ReadonlyMap<string, string>;
  readonly containers: readonly ContainerView[];
}

export type WantedLabel = (key: string) => boolean;

export function readPod(pod: unknown, wanted: WantedLabel): PodView {
  return { ...readPodSpec(pod, namespaceOf(pod), wanted), name: textAt(pod, 'metadata', 'name') };
}

/** The pod template of a Deployment, StatefulSet or DaemonSet. */
export function readWorkload(workload: unknown, wanted: WantedLabel): PodView {
  return readPodSpec(valueAt(workload, ['spec', 'template']), namespaceOf(workload), wanted);
}

function readPodSpec(pod: unknown, namespace: string, wanted: WantedLabel): PodView {
  const volumes = listAt(pod, 'spec', 'volumes');
  const containers = [
    ...listAt(pod, 'spec', 'containers'),
    // Those that keep running are sidecars.
    ...listAt(pod, 'spec', 'initContainers').filter((one) => textAt(one, 'restartPolicy') === 'Always'),
  ];
  return {
    namespace,
    name: undefined,
    labels: labelsAt(pod, ['metadata', 'labels'], wanted),
    containers: keptOf(containers, (container) => readContainer(container, volumes)),
  };
}

function readContainer(container: JsonValue, volumes: readonly JsonValue[]): ContainerView {
  return {
    image: textAt(container, 'image') ?? '',
    ports: keptOf(listAt(container, 'ports'), (port) => {
      const number = numberAt(port, 'containerPort');
      return number === undefined ? undefined : { name: wordAt(port, 'name'), port: number };
    }),
    secretVariables: readSecretVariables(container, volumes),
  };
}

const namespaceOf = (object: unknown) => textAt(object, 'metadata', 'namespace') ?? '';
