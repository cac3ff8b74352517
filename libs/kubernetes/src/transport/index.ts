export { ClusterTransports, type ClusterTransportsOptions, type GivenConnection } from './cluster-transports.ts';
export { InFlightLimit } from './in-flight-limit.ts';
export { KubernetesTransport } from './kubernetes-transport.ts';
export type { TransportOptions } from './kubernetes-transport.ts';
export { systemClock } from './system-clock.ts';
