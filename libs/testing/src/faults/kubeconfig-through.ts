import { parse } from 'yaml';
import type { UpstreamTarget } from './api-upstream.ts';

type Kubeconfig = {
  readonly clusters: readonly { readonly name: string; readonly cluster: Record<string, string> }[];
  readonly users: readonly { readonly name: string; readonly user: Record<string, string> }[];
  readonly contexts: readonly { readonly name: string; readonly context: { cluster: string; user: string } }[];
  readonly 'current-context': string;
};

/** Where a kubeconfig's current context leads. @throws Error for one without inline credentials */
export function targetOf(kubeconfig: string): UpstreamTarget {
  const { cluster, user } = currentOf(parse(kubeconfig) as Kubeconfig);
  const { server } = cluster;
  if (server === undefined) throw new Error('the kubeconfig names no server');
  return {
    server,
    ...decoded('authority', cluster['certificate-authority-data']),
    ...decoded('clientCertificate', user['client-certificate-data']),
    ...decoded('clientKey', user['client-key-data']),
  };
}

/** The same kubeconfig, its current cluster led to another server with another authority. JSON is YAML. */
export function kubeconfigThrough(kubeconfig: string, server: string, certificate: string): string {
  const document = parse(kubeconfig) as Kubeconfig;
  const { cluster } = currentOf(document);
  delete cluster['tls-server-name'];
  cluster['server'] = server;
  cluster['certificate-authority-data'] = Buffer.from(certificate).toString('base64');
  return JSON.stringify(document, undefined, 2);
}

function currentOf(document: Kubeconfig): { cluster: Record<string, string>; user: Record<string, string> } {
  const context = document.contexts.find(({ name }) => name === document['current-context'])?.context;
  const cluster = document.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = document.users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) throw new Error('the kubeconfig has no current context with a cluster and a user');
  return { cluster, user };
}

function decoded<K extends string>(key: K, base64: string | undefined): { [P in K]?: string } {
  if (base64 === undefined) return {};
  return { [key]: Buffer.from(base64, 'base64').toString('utf8') } as { [P in K]?: string };
}
