import { objectId, objectKey } from '@ushadow/kubernetes';
import type { KubeObject } from '@ushadow/kubernetes';
import { eachRepeated, numberAt, objectAt, objectsIn, textAt } from '../../shape.ts';

/** A check of all objects together. Names that may stand for something already in the cluster are not checked. */
export interface SetRule {
  readonly rule: string;
  check(
    objects: readonly KubeObject[],
    report: (object: KubeObject, message: string, ...path: (string | number)[]) => void,
  ): void;
}

const near = (a: KubeObject, b: KubeObject): boolean => (a.metadata.namespace ?? '') === (b.metadata.namespace ?? '');

function targetOf(hpa: KubeObject, objects: readonly KubeObject[]): KubeObject | undefined {
  const { kind, name } = objectAt(objectAt(hpa.spec).scaleTargetRef);
  return objects.find((o) => o.kind === kind && o.metadata.name === name && near(o, hpa));
}

export const objectSetRules: readonly SetRule[] = [
  {
    rule: 'object-duplicate',
    check(objects, report) {
      eachRepeated(
        objects,
        (object) => objectKey(objectId(object)),
        (object) => report(object, 'another object has the same kind, namespace and name', 'metadata', 'name'),
      );
    },
  },
  {
    rule: 'autoscaler-target',
    check(objects, report) {
      const autoscalers = objects.filter((o) => o.kind === 'HorizontalPodAutoscaler');
      for (const hpa of autoscalers) {
        const target = targetOf(hpa, objects);
        if (!target) report(hpa, 'there is no such workload', 'spec', 'scaleTargetRef');
        else if (numberAt(objectAt(target.spec).replicas) !== undefined)
          report(target, 'fights with its autoscaler; leave it out', 'spec', 'replicas');
      }
    },
  },
  {
    rule: 'ingress-backend',
    check(objects, report) {
      for (const ingress of objects.filter((o) => o.kind === 'Ingress'))
        for (const [r, rule] of objectsIn(objectAt(ingress.spec).rules))
          for (const [p, path] of objectsIn(objectAt(rule.http).paths)) {
            const { name, port } = objectAt(objectAt(path.backend).service);
            const service = objects.find((o) => o.kind === 'Service' && o.metadata.name === name && near(o, ingress));
            const { number, name: portName } = objectAt(port);
            const at = ['spec', 'rules', r, 'http', 'paths', p, 'backend', 'service'];
            if (textAt(name) !== undefined && !service)
              report(ingress, `there is no Service ${String(name)}`, ...at, 'name');
            else if (
              service &&
              !objectsIn(objectAt(service.spec).ports).some(([, own]) => own.port === number || own.name === portName)
            )
              report(ingress, `Service ${String(name)} has no such port`, ...at, 'port');
          }
    },
  },
];
