import type { ServiceContent } from '../stack-content.ts';

/** A service of the project `p` of which nothing else matters. */
export const knownService = (service: string, more: Partial<ServiceContent> = {}): ServiceContent => ({
  ...{ serviceId: `p:${service}`, objectName: service, image: 'i', dependsOn: [], published: [] },
  ...{ isOneShot: false, environment: [] },
  ...more,
});
