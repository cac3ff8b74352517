import { dnsLabel, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import type { OwnedEntry } from './owned-entry.ts';
import { isWorkloadKind } from './replicas.ts';
import type { ServiceContent, StackContent, WantedObject } from './stack-content.ts';

/**
 * A content with what its stack has beside it in the cluster: services that a failure has left for inspection, or that were
 * to stay although the files have them no more. Only to be shown: of their objects no more than the name is known.
 */
export function withLeftovers(content: StackContent, project: string, inventory: readonly OwnedEntry[]): StackContent {
  const isLeft = (service: string): boolean => !Object.hasOwn(content.services, service);
  const running = inventory.filter(({ object }) => isWorkloadKind(object.kind));
  const left = new Set(running.flatMap(({ services = [] }) => services.filter(isLeft)));
  if (left.size === 0) return content;
  const objects = inventory.flatMap(({ object, services = [] }): WantedObject[] => {
    const users = services.filter((service) => left.has(service));
    const isShared = services.some((service) => !isLeft(service));
    return users.length === 0 || isShared || isClaim(object) ? [] : [{ object: bare(object), services: users }];
  });
  const services = [...left].map((service): [string, ServiceContent] => [service, leftover(project, service)]);
  return {
    ...content,
    objects: [...content.objects, ...objects],
    services: { ...content.services, ...Object.fromEntries(services) },
  };
}

const isClaim = ({ kind }: ObjectId): boolean => kind === 'PersistentVolumeClaim';

function bare({ group, version, kind, namespace, name }: ObjectId): KubeObject {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata };
}

function leftover(project: string, service: string): ServiceContent {
  return {
    ...{ serviceId: `${project}:${service}`, objectName: dnsLabel(service), image: null },
    ...{ dependsOn: [], published: [], isOneShot: false, environment: [] },
  };
}
