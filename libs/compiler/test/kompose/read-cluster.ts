import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { listAt, objectAt, objectsIn, textAt } from '@ushadow/kubernetes-schema';

/** A container of a workload and all that is needed to read it as Kubernetes does. */
export interface Unit {
  readonly workload: KubeObject;
  readonly template: JsonObject;
  readonly pod: JsonObject;
  readonly container: JsonObject;
  readonly init: boolean;
}

const templateOf = (object: KubeObject): JsonObject => {
  const spec = objectAt(object.spec);
  if (object.kind === 'Pod') return objectAt(object);
  return objectAt(object.kind === 'CronJob' ? objectAt(objectAt(spec.jobTemplate).spec).template : spec.template);
};

export const workloadKinds = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

export function unitsOf(objects: readonly KubeObject[]): readonly Unit[] {
  return objects
    .filter((object) => workloadKinds.includes(object.kind))
    .flatMap((workload) => {
      const template = templateOf(workload);
      const pod = objectAt(template.spec);
      return (['containers', 'initContainers'] as const).flatMap((group) =>
        objectsIn(pod[group]).map(([, container]) => ({
          workload,
          template,
          pod,
          container,
          init: group === 'initContainers',
        })),
      );
    });
}

const decode = (text: unknown): string => Buffer.from(String(text), 'base64').toString();

/** A ConfigMap's or Secret's keys with their text. */
export function dataOf(
  objects: readonly KubeObject[],
  kind: 'ConfigMap' | 'Secret',
  name: unknown,
): Readonly<Record<string, string>> {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  const texts = (field: string): [string, string][] =>
    Object.entries(objectAt(found?.[field])).map(([key, value]) => [key, String(value)]);
  const coded = [...texts('binaryData'), ...(kind === 'Secret' ? texts('data') : [])].map(
    ([key, value]): [string, string] => [key, decode(value)],
  );
  return Object.fromEntries([...(kind === 'ConfigMap' ? texts('data') : []), ...coded, ...texts('stringData')]);
}

/** Kubernetes' expansion of $(NAME) and $$; unknown names stay. */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:(\$)|\(([^)]*)\))/g, (all, dollar: string | undefined, name: string) =>
    dollar ? '$' : (variables.get(name) ?? all),
  );
}

/** name → value as the container sees it. */
export function environmentOf(objects: readonly KubeObject[], { container }: Unit): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [, from] of objectsIn(container.envFrom))
    for (const [kind, ref] of [
      ['ConfigMap', from.configMapRef],
      ['Secret', from.secretRef],
    ] as const)
      for (const [key, value] of Object.entries(dataOf(objects, kind, objectAt(ref).name)))
        variables.set(`${textAt(from.prefix) ?? ''}${key}`, value);
  for (const [, { name, value, valueFrom }] of objectsIn(container.env)) {
    const { configMapKeyRef, secretKeyRef } = objectAt(valueFrom);
    const ref = objectAt(configMapKeyRef ?? secretKeyRef);
    const kept =
      ref.key === undefined
        ? undefined
        : dataOf(objects, secretKeyRef === undefined ? 'ConfigMap' : 'Secret', ref.name)[String(ref.key)];
    if (valueFrom === undefined) variables.set(String(name), expand(String(value ?? ''), variables));
    else if (kept !== undefined) variables.set(String(name), kept);
  }
  return variables;
}

/** Whether a label selector of plain labels picks a pod. */
export function picks(selector: JsonObject, { template }: Unit): boolean {
  const labels = objectAt(objectAt(template.metadata).labels);
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/** A named or numbered port of a container as a number. */
export function portNumber(port: unknown, units: readonly Unit[]): number | undefined {
  if (typeof port === 'number') return port;
  if (/^\d+$/.test(String(port))) return Number(port);
  const ports = units.flatMap(({ container }) => listAt(container.ports).map(objectAt));
  const found = ports.find((candidate) => candidate.name === port);
  return found === undefined ? undefined : Number(found.containerPort);
}
