import type { KubeObject, PodSecurityLevel } from '@ushadow/kubernetes';
import {
  allowsLevel,
  judgePod,
  levelOf,
  objectId,
  POD_SECURITY_LEVELS,
  podSpecPath,
  podTemplateOf,
} from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { PodLevel } from '../plan/plan.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WARN = 'pod-security.kubernetes.io/warn';

/** The levels of a namespace by its labels; undefined where it has none. */
export interface NamespaceLevels {
  readonly enforced: PodSecurityLevel | undefined;
  /** Pods beyond it are taken, with a warning. */
  readonly warned: PodSecurityLevel | undefined;
}

export function namespaceLevels({ metadata }: KubeObject): NamespaceLevels {
  const levelAt = (label: string): PodSecurityLevel | undefined =>
    POD_SECURITY_LEVELS.find((level) => level === metadata.labels?.[label]);
  return { enforced: levelAt(ENFORCE), warned: levelAt(WARN) };
}

/** The level that the pods of each workload need, and what their namespace says to it. */
export function podLevels(
  objects: readonly KubeObject[],
  namespaces: ReadonlyMap<string, NamespaceLevels | undefined>,
): readonly PodLevel[] {
  return objects
    .filter((object) => podTemplateOf(object) !== undefined)
    .map((object) => {
      const { enforced, warned } = namespaces.get(object.metadata.namespace ?? '') ?? {};
      return {
        object: objectId(object),
        needs: neededLevel(object),
        enforced: enforced ?? null,
        warned: warned ?? null,
      };
    });
}

/** The command that lets the pods of a workload into its namespace. */
export function labelCommand(workload: KubeObject): string {
  const { namespace = 'default' } = workload.metadata;
  return `kubectl label --overwrite namespace ${namespace} ${ENFORCE}=${neededLevel(workload)}`;
}

/**
 * What the level of a namespace has against the pods of a workload, by its label alone: for where the server cannot be
 * asked. It may exempt what the label does not say.
 */
export function againstLevel(workload: KubeObject, enforced: PodSecurityLevel | undefined): Failure | undefined {
  const found = podTemplateOf(workload);
  if (found === undefined || enforced === undefined || allowsLevel(enforced, neededLevel(workload))) return undefined;
  const violations = judgePod(found.template).filter(({ level }) => enforced === 'restricted' || level === enforced);
  const what = [...new Set(violations.map((each) => each.what))].join(', ');
  const fields = violations.map(({ pointer, what: value }) => ({ field: fieldOf(workload, pointer), value }));
  const { namespace = 'default' } = workload.metadata;
  return {
    code: 'POD_SECURITY_VIOLATED',
    message: `its pods would be refused: namespace "${namespace}" enforces the level "${enforced}", which forbids: ${what}`,
    object: objectId(workload),
    ...(fields[0] === undefined ? {} : { field: fields[0].field }),
    remedy: `do without, or relax the namespace’s pod security level: ${labelCommand(workload)}`,
    evidence: fields.map(({ field, value }) => ({ kind: 'field', path: field, value, field })),
  };
}

function neededLevel(workload: KubeObject): PodSecurityLevel {
  const found = podTemplateOf(workload);
  return found === undefined ? 'restricted' : levelOf(judgePod(found.template));
}

/** A pointer into the template as a field path: `spec.template.spec.containers[0].securityContext`. */
function fieldOf({ kind }: KubeObject, pointer: string): string {
  const above = podSpecPath(kind).replace(/\.?spec$/, '');
  return (
    above +
    pointer
      .replaceAll(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.')
      .replaceAll('~1', '/')
  );
}
