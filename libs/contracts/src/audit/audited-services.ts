import type { ServiceName } from '../define-operation.ts';

/** Services with a trail: all that keep anything. */
export const auditedServices = ['cluster', 'compiler', 'scanner', 'deployer'] as const satisfies readonly ServiceName[];
