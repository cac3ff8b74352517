import type { KubernetesApiError } from '@ushadow/kubernetes';

/** Pinned against kube-apiserver 1.37; the field lists in these texts differ between versions. */
const PATTERNS: readonly RegExp[] = [
  /field is immutable/,
  /updates to statefulset spec for fields other than .* are forbidden/,
  /spec is immutable after creation except/,
  /may not change once set/,
  /cannot change roleRef/,
];

/** True only when every cause the server gives is about immutability: anything else is an ordinary mistake. */
export function isImmutableFieldError(error: KubernetesApiError): boolean {
  if (error.httpStatus !== 422 || error.causes.length === 0) return false;
  return error.causes.every(({ message }) => PATTERNS.some((pattern) => pattern.test(message)));
}
