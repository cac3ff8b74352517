import type { JsonObject } from '@ushadow/kubernetes';
import { isSet, listAt, numberAt, objectAt, objectsIn } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
const headerName = /^[-A-Za-z0-9]+$/;

function checkHandler(value: JsonObject, report: Report): void {
  const given = handlers.filter((name) => isSet(value[name]));
  if (given.length !== 1) report(`must have exactly one of ${handlers.join(', ')}`);
  const exec = objectAt(value.exec);
  if (isSet(value.exec) && listAt(exec.command).length === 0) report('must not be empty', 'exec', 'command');
  const get = objectAt(value.httpGet);
  for (const [i, header] of objectsIn(get.httpHeaders))
    if (!headerName.test(String(header.name)))
      report('must be letters, digits and -', 'httpGet', 'httpHeaders', i, 'name');
  for (const name of ['httpGet', 'tcpSocket'] as const)
    if (objectAt(value[name]).port === '') report('is required', name, 'port');
}

export const handlerRules: readonly TypeRule[] = [
  { rule: 'probe-handler', on: ['Probe', 'LifecycleHandler'], check: checkHandler },
  {
    rule: 'probe-threshold',
    on: ['Container'],
    check(container, report) {
      for (const name of ['livenessProbe', 'startupProbe'] as const) {
        const threshold = numberAt(objectAt(container[name]).successThreshold);
        if (threshold !== undefined && threshold > 1) report('must be 1 here', name, 'successThreshold');
      }
      if (isSet(objectAt(container.readinessProbe).terminationGracePeriodSeconds))
        report('must not be set on a readiness probe', 'readinessProbe', 'terminationGracePeriodSeconds');
    },
  },
  {
    rule: 'sleep-time',
    on: ['LifecycleHandler'],
    check({ sleep }, report) {
      const seconds = numberAt(objectAt(sleep).seconds);
      if (seconds !== undefined && seconds < 0) report('must not be negative', 'sleep', 'seconds');
    },
  },
];
