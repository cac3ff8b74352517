export { KubernetesApiError } from './kubernetes-api-error.ts';
export type { ApiErrorCause, KubernetesApiErrorInit, TransportReason } from './kubernetes-api-error.ts';
export { errorFromStatus } from './error-from-status.ts';
export { classifyError } from './error-class.ts';
export type { ErrorClass } from './error-class.ts';
export { refusalOf } from './refusal.ts';
export type { Refusal } from './refusal.ts';
