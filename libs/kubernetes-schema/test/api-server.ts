import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { builtInMapping, collectionPath, objectPath, objectId } from '@ushadow/kubernetes';
import type { KubeObject, ResourceMapping } from '@ushadow/kubernetes';
import { parse } from 'yaml';

interface Kubeconfig {
  readonly clusters: readonly { cluster: { server: string; 'certificate-authority-data'?: string } }[];
  readonly users: readonly {
    user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string };
  }[];
}

const decoded = (text: string | undefined): string | undefined => text && Buffer.from(text, 'base64').toString();

/** undefined when the server takes the object, else what it says. */
export type Verdict = string | undefined;

/** A server-side, strict dry run: nothing is kept. */
export class ApiServer {
  readonly #server: string;
  readonly #token: string | undefined;
  readonly #agent: Agent;

  constructor(kubeconfig: string) {
    const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
    const cluster = config.clusters[0]?.cluster;
    const user = config.users[0]?.user;
    if (!cluster) throw new Error('the kubeconfig names no cluster');
    this.#server = cluster.server;
    this.#token = user?.token;
    const ca = decoded(cluster['certificate-authority-data']);
    const cert = decoded(user?.['client-certificate-data']);
    const key = decoded(user?.['client-key-data']);
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 8,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && { 'content-type': type }),
      };
      const call = request(
        new URL(path, this.#server),
        { method, agent: this.#agent, headers, timeout: 30_000 },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
          );
        },
      );
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async create(object: KubeObject): Promise<void> {
    const { status, text } = await this.send('POST', this.#collection(object), object);
    if (status >= 300 && status !== 409) throw new Error(`${object.kind} ${object.metadata.name}: ${text}`);
  }

  /** Server-side apply; a name that can be no path goes by POST. */
  async dryRun(object: KubeObject): Promise<Verdict> {
    const name: unknown = object.metadata.name;
    const inPath = typeof name === 'string' && name !== '' && encodeURIComponent(name) === name && name !== '..';
    const query = 'dryRun=All&fieldValidation=Strict';
    const { status, text } = inPath
      ? await this.send(
          'PATCH',
          `${this.#path(object)}?${query}&force=true&fieldManager=ushadow`,
          object,
          'application/apply-patch+yaml',
        )
      : await this.send('POST', `${this.#collection(object)}?${query}`, object);
    if (status < 300) return undefined;
    const answer = JSON.parse(text) as { message?: string };
    return answer.message ?? text;
  }

  #path(object: KubeObject): string {
    return objectPath(objectId(object), mappingOf(object));
  }

  #collection(object: KubeObject): string {
    return collectionPath(objectId(object), mappingOf(object));
  }
}

function mappingOf(object: KubeObject): ResourceMapping {
  if (object.kind === 'HTTPRoute') return { plural: 'httproutes', namespaced: true };
  const mapping = builtInMapping(objectId(object));
  if (!mapping) throw new Error(`no resource known for ${object.apiVersion} ${object.kind}`);
  return mapping;
}
