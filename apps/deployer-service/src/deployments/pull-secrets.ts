import { operations } from '@ushadow/contracts';
import { dnsLabel, dockerConfigJson, valueAt, type JsonValue, type KubeObject } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import { open, type SealKeys } from '@ushadow/secrets';

interface RegistryCredential {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** Objects of a service, and how to compile it again with Secrets that its pods are to pull with. */
interface Compiled {
  readonly serviceName: string;
  readonly namespace: string;
  readonly objects: readonly KubeObject[];
}

const PRODUCT_LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/managed-by'];

/** Gives a service the credentials its cluster keeps for the registries of its images (R119). */
export class PullSecrets {
  private readonly caller: RpcCaller;
  private readonly keys: SealKeys;

  constructor(caller: RpcCaller, keys: SealKeys) {
    this.caller = caller;
    this.keys = keys;
  }

  /**
   * What `compile` gives, compiled once more with the names of the Secrets when there are any, and the Secrets beside it.
   * A service that names pull secrets of its own keeps those; then none of ours is added.
   */
  async complete<T extends Compiled>(clusterId: string, compile: (names: readonly string[]) => Promise<T>): Promise<T> {
    const plain = await compile([]);
    const credentials = await this.credentialsFor(clusterId, imagesOf(plain.objects));
    if (credentials.length === 0) return plain;
    const named = credentials.map((each) => ({ ...each, name: secretName(plain.serviceName, each.registry) }));
    const compiled = await compile(named.map(({ name }) => name));
    const used = new Set(pullSecretNames(compiled.objects));
    const secrets = named.filter(({ name }) => used.has(name)).map((each) => toSecret(each, compiled));
    return { ...compiled, objects: [...secrets, ...compiled.objects] };
  }

  private async credentialsFor(clusterId: string, images: readonly string[]): Promise<readonly RegistryCredential[]> {
    if (images.length === 0) return [];
    const { sealed } = await this.caller.call(operations.openPullSecrets, {
      cluster_id: clusterId,
      images: [...images],
      recipient: this.keys.publicKey,
    });
    return sealed === null ? [] : (JSON.parse(open(sealed, this.keys).toString('utf8')) as RegistryCredential[]);
  }
}

/** One a service and registry, so that services of a namespace do not share an object that one of them removes. */
function secretName(serviceName: string, registry: string): string {
  return dnsLabel(`${serviceName}-registry-${registry}`);
}

function toSecret(
  { name, registry, username, password }: RegistryCredential & { name: string },
  compiled: Compiled,
): KubeObject {
  const labels = compiled.objects.find(({ metadata }) => metadata.labels !== undefined)?.metadata.labels ?? {};
  const own = Object.entries(labels).filter(([label]) => PRODUCT_LABELS.includes(label));
  const text = dockerConfigJson(registry, username, password);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: compiled.namespace, labels: Object.fromEntries(own) },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(text, 'utf8').toString('base64') },
  };
}

function pullSecretNames(objects: readonly KubeObject[]): readonly string[] {
  return objects.flatMap((object) =>
    listAt(podSpecOf(object), 'imagePullSecrets').flatMap((each) => textAt(each, 'name')),
  );
}

function imagesOf(objects: readonly KubeObject[]): readonly string[] {
  const pods = objects.map(podSpecOf);
  const containers = pods.flatMap((pod) => [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')]);
  return [...new Set(containers.flatMap((container) => textAt(container, 'image')))];
}

/** The pod that a workload is to run: of a Deployment, StatefulSet, DaemonSet or Job, of a CronJob one level deeper. */
function podSpecOf({ spec }: KubeObject): JsonValue | undefined {
  return valueAt(spec, ['template', 'spec']) ?? valueAt(spec, ['jobTemplate', 'spec', 'template', 'spec']);
}

function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = valueAt(value, [key]);
  return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
}

function textAt(value: JsonValue, key: string): string[] {
  const text = valueAt(value, [key]);
  return typeof text === 'string' ? [text] : [];
}
