import type { JsonValue } from './json.ts';
import { isJsonObject } from './json.ts';
import type { KubeObject } from './object.ts';
import { canonicalJson } from './print/canonical-json.ts';

/** Whose objects these are: one project in one namespace, as one installation knows it. */
export interface Owner {
  readonly installation: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly project: string;
  readonly namespace: string;
}

export const OWNER_ANNOTATION = 'ushadow.io/owner';

/** The object with the mark of its owner, on its own metadata: controllers copy what stands in templates. */
export function owned(object: KubeObject, owner: Owner | undefined): KubeObject {
  if (owner === undefined) return object;
  const annotations = { ...object.metadata.annotations, [OWNER_ANNOTATION]: ownerText(owner) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Equal owners give equal text, whatever else the value carries. */
export function ownerText({ installation, stack, project, namespace }: Owner): string {
  return canonicalJson({ installation, stack, project, namespace });
}

/** Undefined when it cannot be read. */
export function readOwner(text: string): Owner | undefined {
  const value = parse(text);
  if (!isJsonObject(value)) return undefined;
  const { installation, stack, project, namespace } = value;
  if (typeof installation !== 'string' || typeof stack !== 'string') return undefined;
  if (typeof project !== 'string' || typeof namespace !== 'string') return undefined;
  return { installation, stack, project, namespace };
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
