import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { ObjectId } from '../object-id.ts';
import { formatApiVersion } from '../object-id.ts';
import type { CallOptions } from '../operations.ts';
import type { ResourceMapping } from '../resource-table.ts';
import { builtInMapping } from '../resource-table.ts';
import { groupVersionPath } from '../rest-path.ts';
import { ANSWER_LIMITS, tooLarge } from './answer-limits.ts';
import type { HttpCall, HttpClient } from './http-client.ts';
import { parseJson } from './parse-json.ts';

type KindId = Pick<ObjectId, 'group' | 'version' | 'kind'>;

interface ServedKind {
  readonly version: string;
  readonly mapping: ResourceMapping;
}

/** Finds how kinds are served: built-in ones from a table, others by asking once per group and version. */
export class Discovery {
  readonly #client: HttpClient;
  readonly #cache = new Map<string, ReadonlyMap<string, ResourceMapping>>();

  constructor(client: HttpClient) {
    this.#client = client;
  }

  /** @throws KubernetesApiError with reason `KindNotServed` */
  async mappingOf(id: KindId, options?: CallOptions): Promise<ResourceMapping> {
    const known = builtInMapping(id) ?? this.#cache.get(formatApiVersion(id))?.get(id.kind);
    if (known !== undefined) return known;
    // A miss is asked again each time: the definition may have been created since.
    const kinds = await this.#load(id, options);
    const found = kinds.get(id.kind);
    if (found === undefined) throw kindNotServed(id);
    return found;
  }

  /** Kinds that a version of a group has; none where the server does not know it. */
  async kindsOf(id: Omit<KindId, 'kind'>, options?: CallOptions): Promise<ReadonlySet<string>> {
    return new Set((await this.#load(id, options)).keys());
  }

  /**
   * How an object that was made once is reached: as it was, or in another version of its group. Undefined where its kind is
   * served in none of them any more: nothing of it is left.
   */
  async whereServed(id: KindId, options?: CallOptions): Promise<ServedKind | undefined> {
    try {
      return { version: id.version, mapping: await this.mappingOf(id, options) };
    } catch (error) {
      if (!(error instanceof KubernetesApiError) || error.reason !== 'KindNotServed') throw error;
    }
    for (const version of await this.#versionsOf(id.group, options)) {
      const mapping = (await this.#load({ group: id.group, version }, options)).get(id.kind);
      if (mapping !== undefined) return { version, mapping };
    }
    return undefined;
  }

  /** What was found of a group and version is asked anew; false where nothing was. */
  forget(id: KindId): boolean {
    return this.#cache.delete(formatApiVersion(id));
  }

  /** Every kind that lives in namespaces and can be listed, once for each in the version that its group prefers. */
  async namespacedKinds(options?: CallOptions): Promise<KindId[]> {
    const { text } = await this.#client.send({ ...options, operation: 'discover /apis', method: 'GET', path: '/apis' });
    const groups = preferredVersions(parseJson(text)['groups']);
    const { groupsMax } = ANSWER_LIMITS;
    if (groups.length > groupsMax) throw tooLarge(`more than ${groupsMax} API groups`);
    const found = await Promise.all(
      [{ group: '', version: 'v1' }, ...groups].map((each) => this.#listable(each, options)),
    );
    return found.flat();
  }

  async #listable(id: Pick<KindId, 'group' | 'version'>, options?: CallOptions): Promise<KindId[]> {
    const operation = `discover ${formatApiVersion(id)}`;
    const { text } = await this.#client.send({ ...options, operation, method: 'GET', path: groupVersionPath(id) });
    const resources = parseJson(text)['resources'];
    if (!Array.isArray(resources)) return [];
    return (resources as unknown[]).flatMap((item) => {
      if (!isJsonObject(item) || item['namespaced'] !== true || typeof item['kind'] !== 'string') return [];
      const isListed = Array.isArray(item['verbs']) && item['verbs'].includes('list');
      return isListed && !String(item['name']).includes('/') ? [{ ...id, kind: item['kind'] }] : [];
    });
  }

  /** Those that the server has of a group; none where it does not know the group. */
  async #versionsOf(group: string, options?: CallOptions): Promise<string[]> {
    const operation = `discover /apis/${group}`;
    const answer = await this.#document({ ...options, operation, method: 'GET', path: `/apis/${group}` });
    const versions = answer?.['versions'];
    if (!Array.isArray(versions)) return [];
    return (versions as unknown[]).flatMap((item) =>
      isJsonObject(item) && typeof item['version'] === 'string' ? [item['version']] : [],
    );
  }

  /** None where the server has no such version. */
  async #load(id: Omit<KindId, 'kind'>, options?: CallOptions): Promise<ReadonlyMap<string, ResourceMapping>> {
    const operation = `discover ${formatApiVersion(id)}`;
    const answer = await this.#document({ ...options, operation, method: 'GET', path: groupVersionPath(id) });
    const kinds = readResources(answer?.['resources']);
    if (answer !== undefined) this.#cache.set(formatApiVersion(id), kinds);
    return kinds;
  }

  async #document(call: HttpCall): Promise<JsonObject | undefined> {
    try {
      return parseJson((await this.#client.send(call)).text);
    } catch (error) {
      if (error instanceof KubernetesApiError && error.httpStatus === 404) return undefined;
      throw error;
    }
  }
}

function preferredVersions(groups: unknown): Pick<KindId, 'group' | 'version'>[] {
  if (!Array.isArray(groups)) return [];
  return (groups as unknown[]).flatMap((item) => {
    if (!isJsonObject(item) || typeof item['name'] !== 'string' || !isJsonObject(item['preferredVersion'])) return [];
    const { version } = item['preferredVersion'];
    return typeof version === 'string' ? [{ group: item['name'], version }] : [];
  });
}

function readResources(list: unknown): Map<string, ResourceMapping> {
  const kinds = new Map<string, ResourceMapping>();
  if (!Array.isArray(list)) return kinds;
  for (const item of list as unknown[]) {
    if (!isJsonObject(item)) continue;
    const { kind, name, namespaced } = item;
    if (typeof kind !== 'string' || typeof name !== 'string' || name.includes('/')) continue;
    kinds.set(kind, { plural: name, namespaced: namespaced === true });
  }
  return kinds;
}

function kindNotServed(id: KindId): KubernetesApiError {
  const message = `the cluster does not serve ${id.kind} of ${formatApiVersion(id)}`;
  return new KubernetesApiError({ httpStatus: 404, reason: 'KindNotServed', message, subject: { kind: id.kind } });
}
