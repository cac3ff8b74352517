import { parseQuantity } from '@ushadow/kubernetes';
import type { ScalarKind } from './kube-type.ts';

const isWhole = (value: unknown, bits: 32 | 53): boolean =>
  Number.isSafeInteger(value) && (bits === 53 || Math.abs(value as number) <= 2 ** 31 - 1 || value === -(2 ** 31));

const time = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const checks: Readonly<Record<ScalarKind, { readonly expected: string; test(value: unknown): boolean }>> = {
  string: { expected: 'a string', test: (v) => typeof v === 'string' },
  int32: { expected: 'a whole number of 32 bits', test: (v) => isWhole(v, 32) },
  int64: { expected: 'a whole number', test: (v) => isWhole(v, 53) },
  number: { expected: 'a number', test: (v) => typeof v === 'number' },
  boolean: { expected: 'true or false', test: (v) => typeof v === 'boolean' },
  quantity: {
    expected: 'a quantity such as 500m, 1.5 or 2Gi',
    test: (v) => (typeof v === 'number' ? Number.isFinite(v) : typeof v === 'string' && parseQuantity(v) !== undefined),
  },
  intOrString: { expected: 'a whole number or a string', test: (v) => typeof v === 'string' || isWhole(v, 32) },
  time: { expected: 'a time as RFC 3339 writes it', test: (v) => typeof v === 'string' && time.test(v) },
  base64: { expected: 'base64 text', test: (v) => typeof v === 'string' && base64.test(v.replace(/[\r\n]/g, '')) },
};

/** What was expected, or undefined when the value is right. */
export function scalarProblem(kind: ScalarKind, value: unknown): string | undefined {
  const check = checks[kind];
  return check.test(value) ? undefined : check.expected;
}
