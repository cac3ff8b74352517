import { parse } from 'yaml';
import type { TestCluster } from '@ushadow/testing';
import { randomBytes } from 'node:crypto';
import { until } from './until.ts';

/** The server remembers for some ten seconds that it knew a token. */
const FORGOTTEN_MS = 30_000;

/** An administrator whose tokens can be made to end. */
export class ShortLivedAccount {
  readonly #cluster: TestCluster;
  readonly #name: string;

  private constructor(cluster: TestCluster, name: string) {
    this.#cluster = cluster;
    this.#name = name;
  }

  static async create(cluster: TestCluster): Promise<ShortLivedAccount> {
    const name = `faults-${randomBytes(4).toString('hex')}`;
    await created(cluster, '/api/v1/namespaces/default/serviceaccounts', { metadata: { name } });
    await created(cluster, '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
    });
    return new ShortLivedAccount(cluster, name);
  }

  /** A token that is good for as long as the Secret it is bound to. */
  async token(): Promise<{ readonly token: string; readonly end: () => Promise<void> }> {
    const secret = `${this.#name}-${randomBytes(4).toString('hex')}`;
    await created(this.#cluster, '/api/v1/namespaces/default/secrets', { metadata: { name: secret } });
    const path = `/api/v1/namespaces/default/serviceaccounts/${this.#name}/token`;
    const boundObjectRef = { apiVersion: 'v1', kind: 'Secret', name: secret };
    const body = await created(this.#cluster, path, { spec: { expirationSeconds: 3_600, boundObjectRef } });
    const { token } = (body as { status: { token: string } }).status;
    return {
      token,
      end: async () => {
        await this.#cluster.api.delete(`/api/v1/namespaces/default/secrets/${secret}`);
        await until('the server to refuse the token', () => this.#isRefused(token), FORGOTTEN_MS);
      },
    };
  }

  async remove(): Promise<void> {
    await this.#cluster.api.delete(`/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${this.#name}`);
    await this.#cluster.api.delete(`/api/v1/namespaces/default/serviceaccounts/${this.#name}`);
  }

  async #isRefused(token: string): Promise<true | undefined> {
    const path = '/apis/authentication.k8s.io/v1/tokenreviews';
    const { body } = await this.#cluster.api.post(path, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token },
    });
    return (body as { status: { authenticated?: boolean } }).status.authenticated === true ? undefined : true;
  }
}

async function created({ api }: TestCluster, path: string, object: unknown): Promise<unknown> {
  const { status, body } = await api.post(path, object);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The same kubeconfig with another token. JSON is YAML. */
export function withToken(kubeconfig: string, token: string): string {
  const document = parse(kubeconfig) as { users: { user: unknown }[] };
  for (const entry of document.users) entry.user = { token };
  return JSON.stringify(document);
}
