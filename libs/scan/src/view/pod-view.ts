import { valueAt, type JsonValue } from '@ushadow/kubernetes';
import { listAt, numberAt, textAt, textMapAt } from './read-json.ts';

export interface ContainerView {
  readonly image: string;
  readonly ports: readonly { readonly name: string | undefined; readonly port: number }[];
  /** Variables whose value comes from a Secret: by name only, never a value. */
  readonly secretVariables: readonly { readonly variable: string; readonly secret: string; readonly key: string }[];
}

/** A pod, or the template of a workload that has no pod now. */
export interface PodView {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly containers: readonly ContainerView[];
}

export function readPod(pod: unknown): PodView {
  return readPodSpec(pod, textAt(pod, 'metadata', 'namespace') ?? '');
}

/** The pod template of a Deployment, StatefulSet or DaemonSet. */
export function readWorkload(workload: unknown): PodView {
  return readPodSpec(valueAt(workload, ['spec', 'template']), textAt(workload, 'metadata', 'namespace') ?? '');
}

function readPodSpec(pod: unknown, namespace: string): PodView {
  return {
    namespace,
    labels: textMapAt(pod, 'metadata', 'labels'),
    containers: listAt(pod, 'spec', 'containers').map(readContainer),
  };
}

function readContainer(container: JsonValue): ContainerView {
  return {
    image: textAt(container, 'image') ?? '',
    ports: listAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'containerPort');
      return number === undefined ? [] : [{ name: textAt(port, 'name'), port: number }];
    }),
    secretVariables: listAt(container, 'env').flatMap((entry) => {
      const variable = textAt(entry, 'name');
      const secret = textAt(entry, 'valueFrom', 'secretKeyRef', 'name');
      const key = textAt(entry, 'valueFrom', 'secretKeyRef', 'key');
      return variable && secret && key ? [{ variable, secret, key }] : [];
    }),
  };
}
