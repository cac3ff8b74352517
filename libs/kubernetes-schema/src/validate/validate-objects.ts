import { objectId } from '@ushadow/kubernetes';
import type { KubeObject } from '@ushadow/kubernetes';
import { setRules } from './rules.ts';
import { kubeSchema } from '../schema/kube-schema.ts';
import type { KubeVersion } from '../schema/kube-version.ts';
import { formatPointer } from '../violation.ts';
import type { Path, Violation } from '../violation.ts';
import { Walk } from './walk.ts';

/** What an API server of that version would refuse in one object; empty when it would take it. */
export function validateObject(object: KubeObject, kubeVersion: KubeVersion): Violation[] {
  const violations: Violation[] = [];
  const id = objectId(object);
  const report = (rule: string, path: Path, message: string): void => {
    violations.push({ object: id, pointer: formatPointer(path), message, rule });
  };
  const schema = kubeSchema(kubeVersion);
  const struct = schema.kind(object.apiVersion, object.kind);
  if (struct) new Walk(schema, { object, version: kubeVersion }, report).struct(struct, object);
  else
    report(
      'schema-kind',
      ['kind'],
      `Kubernetes ${kubeVersion} as bundled here has no ${object.apiVersion} ${object.kind}`,
    );
  return violations;
}

/**
 * Every object by itself, then all together: two objects of one name, routes to Services that are not there,
 * autoscalers without a target. Order follows the objects given.
 */
export function validateObjects(objects: readonly KubeObject[], kubeVersion: KubeVersion): Violation[] {
  const violations = objects.flatMap((object) => validateObject(object, kubeVersion));
  for (const { rule, check } of setRules)
    check(objects, (object, message, ...path) => {
      violations.push({ object: objectId(object), pointer: formatPointer(path), message, rule });
    });
  return violations;
}
