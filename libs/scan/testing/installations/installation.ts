import type { ScanInput } from '../../src/scan-services.ts';

/** What a chart or an operator makes, and what is to be made of it. */
export interface Installation {
  readonly made: string;
  readonly objects: ScanInput;
  /** `type=Service:port`, of everything that is found. */
  readonly chosen: readonly string[];
  /** Services that must not even be offered. */
  readonly never?: readonly string[];
}

/** Labels as Bitnami's charts and many others set them. */
export const bitnami = (name: string, instance: string, component: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'Helm',
});
