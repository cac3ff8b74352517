import type { JsonObject } from '@ushadow/kubernetes';
import { isDataKey } from '../formats.ts';
import { objectAt } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';
import { byteLength } from './labels.ts';

const LIMIT = 1024 * 1024;
const KEY = 'key must be at most 253 of letters, digits, -, _ and ., and not begin with ..';

const decodedLength = (base64: string): number => {
  const text = base64.replace(/[\r\n]/g, '');
  return Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
};

function sizeOf(data: JsonObject, length: (text: string) => number): number {
  return Object.values(data).reduce<number>((sum, value) => sum + (typeof value === 'string' ? length(value) : 0), 0);
}

function checkKeys(data: JsonObject, report: Report, field: string): void {
  for (const key of Object.keys(data)) if (!isDataKey(key)) report(KEY, field, key);
}

/** What a Secret of a well-known type must hold. */
const requiredKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const configDataRules: readonly TypeRule[] = [
  {
    rule: 'config-data',
    on: ['ConfigMap'],
    check(value, report) {
      const data = objectAt(value.data);
      const binary = objectAt(value.binaryData);
      checkKeys(data, report, 'data');
      checkKeys(binary, report, 'binaryData');
      for (const key of Object.keys(binary))
        if (Object.hasOwn(data, key)) report('stands in data too', 'binaryData', key);
      if (sizeOf(data, byteLength) + sizeOf(binary, decodedLength) > LIMIT) report('must not hold more than 1 MiB');
    },
  },
  {
    rule: 'secret-data',
    on: ['Secret'],
    check(value, report) {
      const data = objectAt(value.data);
      const strings = objectAt(value.stringData);
      checkKeys(data, report, 'data');
      checkKeys(strings, report, 'stringData');
      const kept = Object.fromEntries(Object.entries(data).filter(([key]) => !Object.hasOwn(strings, key)));
      if (sizeOf(kept, decodedLength) + sizeOf(strings, byteLength) > LIMIT) report('must not hold more than 1 MiB');
      for (const key of requiredKeys[String(value.type)] ?? [])
        if (!Object.hasOwn(data, key) && !Object.hasOwn(strings, key))
          report(`is required in a Secret of type ${String(value.type)}`, 'data', key);
    },
  },
];
