import { Injectable } from '@nestjs/common';
import { operations, clusterOf } from '@ushadow/contracts';
import {
  dnsLabel,
  dockerConfigJson,
  listAt,
  podSpecOf,
  registryServes,
  textAt,
  type KubeObject,
} from '@ushadow/kubernetes';
import { RpcCaller } from '@ushadow/messaging';
import type { StackObjects, WantedObject } from '../content/stack-content.ts';
import type { StackPlace } from '../stacks/stack.ts';
import { imagesOf } from '../content/images.ts';

export interface RegistryCredential {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** Objects of a project, and the services that are about to run. */
interface Compiled {
  readonly project: string;
  readonly namespace: string;
  readonly selected: readonly string[];
  readonly objects: readonly WantedObject[];
}

const SHARED_LABELS = ['app.kubernetes.io/part-of', 'app.kubernetes.io/managed-by'];

/** Gives a stack the credentials its cluster keeps for the registries of its images (R119). */
@Injectable()
export class PullSecrets {
  constructor(private readonly caller: RpcCaller) {}

  /**
   * What `compile` gives, compiled once more with the names of the Secrets when there are any, and the Secrets beside it.
   * A service that names pull secrets of its own keeps those; then none of ours is added.
   */
  async complete<T extends Compiled>(clusterId: string, compile: (names: readonly string[]) => Promise<T>): Promise<T> {
    const plain = await compile([]);
    const credentials = await this.credentialsFor(clusterId, imagesOfSelected(plain));
    if (credentials.length === 0) return plain;
    const named = credentials.map((each) => ({ ...each, name: secretName(plain.project, each.registry) }));
    const compiled = await compile(named.map(({ name }) => name));
    const secrets = named.flatMap((each) => {
      const services = usersOf(each.name, compiled.objects);
      return services.length === 0 ? [] : [{ object: toSecret(each, compiled), services }];
    });
    return { ...compiled, objects: [...secrets, ...compiled.objects] };
  }

  /**
   * The Secrets by which services of a content could pull their images, as far as the cluster keeps credentials for their
   * registries.
   */
  async secretsFor(
    { target, namespace, project }: StackPlace,
    content: Pick<StackObjects, 'objects' | 'services'>,
    services: readonly string[],
  ): Promise<readonly WantedObject[]> {
    const images = services.map((service) => ({ service, image: content.services[service]?.image ?? '' }));
    const known = [...new Set(images.map(({ image }) => image))].filter((image) => image !== '');
    const credentials = await this.credentialsFor(clusterOf(target), known);
    return credentials.flatMap((each): WantedObject[] => {
      const users = images.filter(({ image }) => image !== '' && registryServes(each.registry, image));
      const named = { ...each, name: secretName(project, each.registry) };
      const object = toSecret(named, { project, namespace, selected: [], objects: content.objects });
      return users.length === 0 ? [] : [{ object, services: users.map(({ service }) => service).sort() }];
    });
  }

  /** What a registry is signed in to with for an image; undefined where the cluster keeps nothing. */
  async credentialFor(clusterId: string, image: string): Promise<RegistryCredential | undefined> {
    const credentials = await this.credentialsFor(clusterId, [image]);
    return credentials.find(({ registry }) => registryServes(registry, image));
  }

  private async credentialsFor(clusterId: string, images: readonly string[]): Promise<readonly RegistryCredential[]> {
    if (images.length === 0) return [];
    const { credentials } = await this.caller.call(operations.openPullSecrets, {
      cluster_id: clusterId,
      images: [...images],
    });
    return credentials;
  }
}

/** One a stack and registry, shared by the services that pull from there. */
function secretName(project: string, registry: string): string {
  return dnsLabel(`${project}-registry-${registry}`);
}

function toSecret(
  { name, registry, username, password }: RegistryCredential & { name: string },
  { objects, namespace }: Compiled,
): KubeObject {
  const labels = objects.find(({ object }) => object.metadata.labels !== undefined)?.object.metadata.labels ?? {};
  const own = Object.entries(labels).filter(([label]) => SHARED_LABELS.includes(label));
  const text = dockerConfigJson(registry, username, password);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: Object.fromEntries(own) },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(text, 'utf8').toString('base64') },
  };
}

function usersOf(name: string, objects: readonly WantedObject[]): string[] {
  const users = objects.filter(({ object }) =>
    listAt(podSpecOf(object), ['imagePullSecrets']).some((each) => textAt(each, ['name']) === name),
  );
  return [...new Set(users.flatMap(({ services }) => services))].sort();
}

function imagesOfSelected({ objects, selected }: Compiled): readonly string[] {
  return imagesOf(objects.filter(({ services }) => services.some((service) => selected.includes(service))));
}
