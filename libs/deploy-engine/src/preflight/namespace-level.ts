import type { KubeObject, PodSecurityLevel } from '@ushadow/kubernetes';
import { POD_SECURITY_LEVELS, allowsLevel, judgePod, levelOf, objectId, podTemplateOf } from '@ushadow/kubernetes';
import type { Failure } from '../failure.ts';
import { podSpecPath } from '../graph/references.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** The level that a namespace enforces by its label; undefined where it has none. */
export function enforcedLevel({ metadata }: KubeObject): PodSecurityLevel | undefined {
  return POD_SECURITY_LEVELS.find((level) => level === metadata.labels?.[ENFORCE]);
}

/** The command that lets the pods of a workload into its namespace. */
export function labelCommand(workload: KubeObject): string {
  const { namespace = 'default' } = workload.metadata;
  return `kubectl label --overwrite namespace ${namespace} ${ENFORCE}=${neededLevel(workload)}`;
}

/**
 * What the level of a namespace has against the pods of a workload, by its label alone: for where the server cannot be
 * asked. It may exempt what the label does not tell.
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
