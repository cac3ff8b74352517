import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject } from '../json.ts';

/** A part of a pod, and where it is. */
export interface Part {
  readonly value: JsonObject;
  readonly at: string;
}

export const objectIn = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

export function partsIn(value: JsonValue | undefined, at: string): readonly Part[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((item, index) =>
    isJsonObject(item) ? [{ value: item, at: `${at}/${index}` }] : [],
  );
}

/** What a control may look at. */
export interface PodParts {
  readonly annotations: JsonObject;
  readonly spec: JsonObject;
  /** Of every kind. */
  readonly containers: readonly Part[];
  /** The security context of the pod, then those of its containers; empty where there is none. */
  readonly contexts: readonly Part[];
  readonly windows: boolean;
  /** It has users of its own: root in it is nobody on the machine. */
  readonly ownUsers: boolean;
}

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export function podParts(pod: JsonObject): PodParts {
  const spec = objectIn(pod['spec']);
  const containers = CONTAINERS.flatMap((list) => partsIn(spec[list], `/spec/${list}`));
  const contextOf = ({ value, at }: Part): Part => ({
    value: objectIn(value['securityContext']),
    at: `${at}/securityContext`,
  });
  return {
    annotations: objectIn(objectIn(pod['metadata'])['annotations']),
    spec,
    containers,
    contexts: [{ value: spec, at: '/spec' }, ...containers].map(contextOf),
    windows: objectIn(spec['os'])['name'] === 'windows',
    ownUsers: spec['hostUsers'] === false,
  };
}
