import { isLabelKey, isLabelValue } from '@ushadow/kubernetes';
import type { JsonObject } from '@ushadow/kubernetes';
import { listAt, objectAt, objectsIn } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

const KEY = 'key must be name or prefix/name: at most 63 of letters, digits, -, _ and ., the prefix a DNS name';
const VALUE = 'must be empty or at most 63 of letters, digits, -, _ and ., a letter or digit at both ends';
const ANNOTATIONS_LIMIT = 256 * 1024;

export function checkLabels(labels: JsonObject, report: Report, ...path: string[]): void {
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelKey(key)) report(KEY, ...path, key);
    if (typeof value === 'string' && !isLabelValue(value)) report(VALUE, ...path, key);
  }
}

/** Bytes in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export const labelRules: readonly TypeRule[] = [
  {
    rule: 'label',
    on: ['ObjectMeta'],
    check: (value, report) => checkLabels(objectAt(value.labels), report, 'labels'),
  },
  {
    rule: 'annotation',
    on: ['ObjectMeta'],
    check(value, report) {
      let size = 0;
      for (const [key, text] of Object.entries(objectAt(value.annotations))) {
        if (!isLabelKey(key.toLowerCase())) report(KEY, 'annotations', key);
        size += byteLength(key) + (typeof text === 'string' ? byteLength(text) : 0);
      }
      if (size > ANNOTATIONS_LIMIT) report('annotations must not exceed 256 KiB together', 'annotations');
    },
  },
  {
    rule: 'label-selector',
    on: ['LabelSelector'],
    check(value, report) {
      checkLabels(objectAt(value.matchLabels), report, 'matchLabels');
      for (const [i, expression] of objectsIn(value.matchExpressions)) {
        if (expression.key === '') report('is required', 'matchExpressions', i, 'key');
        const given = listAt(expression.values).length > 0;
        const operator = expression.operator;
        if ((operator === 'In' || operator === 'NotIn') && !given)
          report(`${operator} needs values`, 'matchExpressions', i, 'values');
        else if ((operator === 'Exists' || operator === 'DoesNotExist') && given)
          report(`${operator} takes no values`, 'matchExpressions', i, 'values');
        else if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(String(operator)))
          report('must be In, NotIn, Exists or DoesNotExist', 'matchExpressions', i, 'operator');
      }
    },
  },
  {
    rule: 'label-selector',
    on: ['ServiceSpec'],
    check: (value, report) => checkLabels(objectAt(value.selector), report, 'selector'),
  },
  {
    rule: 'label-selector',
    on: ['PodSpec'],
    check: (value, report) => checkLabels(objectAt(value.nodeSelector), report, 'nodeSelector'),
  },
];
