import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { ObjectId } from '../object-id.ts';
import { formatObjectId, objectId } from '../object-id.ts';
import type {
  ApplyOptions,
  CallOptions,
  CreateOptions,
  DeleteOptions,
  LogOptions,
  PodId,
  WriteOutcome,
} from '../operations.ts';
import { collectionPath, objectPath } from '../rest-path.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import type { Discovery } from './discovery.ts';
import type { HttpCall, HttpClient } from './http-client.ts';
import { parseJson, parseObject } from './parse-json.ts';

/** A server rounds the limit it was asked to keep to whole lines. */
const LOG_SLACK_BYTES = 64 * 1024;

/** Calls for one object: read, apply, create, delete, the log of a pod. */
export class ObjectCalls {
  readonly #client: HttpClient;
  readonly #discovery: Discovery;

  constructor(client: HttpClient, discovery: Discovery) {
    this.#client = client;
    this.#discovery = discovery;
  }

  async get(id: ObjectId, options?: CallOptions): Promise<KubeObject | undefined> {
    const operation = `get ${formatObjectId(id)}`;
    const found = await this.#reach(id, options, (path) => this.#json({ ...options, operation, method: 'GET', path }));
    return found === undefined ? undefined : parseObject(found);
  }

  async apply(object: KubeObject, options: ApplyOptions): Promise<WriteOutcome> {
    const { fieldManager, force, dryRun, ...call } = options;
    const id = objectId(object);
    const path = objectPath(id, await this.#discovery.mappingOf(id, call));
    return this.#write({
      ...call,
      operation: `${dryRun === true ? 'dry-run' : 'apply'} ${formatObjectId(id)}`,
      method: 'PATCH',
      path,
      contentType: 'application/apply-patch+yaml',
      body: JSON.stringify(object),
      query: { fieldManager, fieldValidation: 'Strict', force: force === true ? 'true' : undefined, ...dry(dryRun) },
    });
  }

  async create(object: KubeObject, options: CreateOptions): Promise<WriteOutcome> {
    const { fieldManager, dryRun, ...call } = options;
    const id = objectId(object);
    const path = collectionPath(id, await this.#discovery.mappingOf(id, call));
    return this.#write({
      ...call,
      operation: `create ${formatObjectId(id)}`,
      method: 'POST',
      path,
      contentType: 'application/json',
      body: JSON.stringify(object),
      query: { fieldManager, fieldValidation: 'Strict', ...dry(dryRun) },
    });
  }

  async delete(id: ObjectId, options: DeleteOptions): Promise<boolean> {
    const { uid, resourceVersion, propagationPolicy = 'Background', dryRun, ...call } = options;
    const preconditions = { uid, resourceVersion };
    const body = JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy, preconditions });
    const operation = `delete ${formatObjectId(id)}`;
    const request = {
      ...call,
      operation,
      method: 'DELETE',
      body,
      contentType: 'application/json',
      query: dry(dryRun),
    } as const;
    return (await this.#reach(id, call, (path) => this.#json({ ...request, path }))) !== undefined;
  }

  /** Adds a container to a pod that runs; it cannot be taken away again. */
  async addEphemeralContainer(pod: PodId, container: JsonObject, options?: CallOptions): Promise<void> {
    const id = { group: '', version: 'v1', kind: 'Pod', ...pod };
    await this.#client.send({
      ...options,
      operation: `debug ${formatObjectId(id)}`,
      method: 'PATCH',
      path: `${objectPath(id, await this.#discovery.mappingOf(id, options))}/ephemeralcontainers`,
      contentType: 'application/strategic-merge-patch+json',
      body: JSON.stringify({ spec: { ephemeralContainers: [container] } }),
    });
  }

  async logs(pod: { namespace: string; name: string }, options: LogOptions): Promise<string> {
    const { container, tailLines, previous, limitBytes, ...call } = options;
    const id = { group: '', version: 'v1', kind: 'Pod', ...pod };
    const path = `${objectPath(id, await this.#discovery.mappingOf(id))}/log`;
    const query = { container, tailLines, limitBytes, previous: previous === true ? 'true' : undefined };
    const operation = `logs ${formatObjectId(id)}`;
    const maxBytes = logMaxBytes(limitBytes);
    const { text } = await this.#client.send({
      ...call,
      operation,
      method: 'GET',
      path,
      query,
      accept: '*/*',
      maxBytes,
    });
    return text;
  }

  /** Calls for an object, which may have been made in a version that is served no more; undefined where there is none. */
  async #reach<T>(
    id: ObjectId,
    options: CallOptions | undefined,
    call: (path: string) => Promise<T>,
  ): Promise<T | undefined> {
    for (let isAgain = false; ; isAgain = true) {
      const served = await this.#discovery.whereServed(id, options);
      if (served === undefined) return undefined;
      const at = { ...id, version: served.version };
      try {
        return await call(objectPath(at, served.mapping));
      } catch (error) {
        if (!(error instanceof KubernetesApiError) || error.httpStatus !== 404) throw error;
        if (error.subject.name === id.name) return undefined;
        // Not an object is missing but its path: how the kind is served has changed since that was asked.
        if (isAgain || !this.#discovery.forget(at)) throw error;
      }
    }
  }

  async #json(call: HttpCall): Promise<ReturnType<typeof parseJson>> {
    return parseJson((await this.#client.send(call)).text);
  }

  async #write(call: HttpCall): Promise<WriteOutcome> {
    const { text, warnings } = await this.#client.send(call);
    return { object: parseObject(parseJson(text)), warnings };
  }
}

function logMaxBytes(limitBytes: number | undefined): number {
  const { logMaxBytes: max } = ANSWER_LIMITS;
  return limitBytes === undefined ? max : Math.min(max, limitBytes + LOG_SLACK_BYTES);
}

function dry(dryRun: boolean | undefined): { dryRun?: 'All' } {
  return dryRun === true ? { dryRun: 'All' } : {};
}
