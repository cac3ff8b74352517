import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { apiClient } from '../servers/kubernetes/api-client.ts';
import type { ApiClient } from '../servers/kubernetes/api-client.ts';
import { optionalTestVariable, testVariable } from './test-environment.ts';

/** The Kubernetes control plane all test files of a run share; each keeps to its own namespaces. */
export type TestCluster = {
  /** Text of the kubeconfig, with cluster-admin credentials. */
  readonly kubeconfig: string;
  readonly kubeconfigPath: string;
  readonly server: string;
  /** For looking at the cluster from outside the product. */
  readonly api: ApiClient;
  /** Requests the server answered so far, or undefined when the cluster was given from outside without its log. */
  readonly audit: () => Promise<readonly AuditEntry[] | undefined>;
};

/** The part of a Kubernetes audit event that tests count by. */
export type AuditEntry = {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly requestReceivedTimestamp: string;
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string };
  readonly responseStatus?: { readonly code?: number };
};

type Kubeconfig = {
  readonly clusters: readonly { readonly cluster: { server: string; 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: { token: string } }[];
};

export async function testCluster(): Promise<TestCluster> {
  const kubeconfigPath = testVariable('kubeconfig');
  const text = await readFile(kubeconfigPath, 'utf8');
  const { clusters, users } = parse(text) as Kubeconfig;
  const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
  if (!cluster || !user) throw new Error(`${kubeconfigPath} names no cluster or no user`);
  const certificate = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8');
  return {
    kubeconfig: text,
    kubeconfigPath,
    server: cluster.server,
    api: apiClient({ server: cluster.server, token: user.token, certificate }),
    audit: readAudit,
  };
}

/** A namespace of the test's own. */
export type TestNamespace = { readonly name: string; readonly delete: () => Promise<void> };

/** Makes a namespace whose name starts with `prefix`. */
export async function testNamespace(cluster: TestCluster, prefix = 'test'): Promise<TestNamespace> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const { status, body } = await cluster.api.post('/api/v1/namespaces', object);
  if (status !== 201) throw new Error(`namespace ${name}: ${status} ${JSON.stringify(body)}`);
  return {
    name,
    delete: async () => {
      await cluster.api.delete(`/api/v1/namespaces/${name}`);
    },
  };
}

async function readAudit(): Promise<readonly AuditEntry[] | undefined> {
  const path = optionalTestVariable('auditLog');
  if (!path) return undefined;
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines.pop(); // what follows the last newline is still being written
  return lines.map((line) => JSON.parse(line) as AuditEntry);
}
