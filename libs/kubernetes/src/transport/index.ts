export { KubernetesTransport } from './kubernetes-transport.ts';
export type { TransportOptions } from './kubernetes-transport.ts';
export { systemClock } from './system-clock.ts';
