import type { TestCluster, TestNamespace } from '@ushadow/testing';
import { parse, stringify } from 'yaml';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const VERBS = ['get', 'list', 'create', 'update', 'patch'];

export interface SeedAccount {
  /** Text of a kubeconfig with a token of the account. */
  readonly kubeconfig: string;
  readonly remove: () => Promise<void>;
}

/** A ServiceAccount with exactly the rights that the seed calls the minimum (R93–R95), in one namespace. */
export async function seedAccount(cluster: TestCluster, { name: namespace }: TestNamespace): Promise<SeedAccount> {
  const post = async (path: string, object: object) => {
    const { status, body } = await cluster.api.post(path, object);
    if (status !== 201) throw new Error(`${path}: ${String(status)} ${JSON.stringify(body)}`);
    return body;
  };
  const rule = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: VERBS });
  const bind = (kind: string, name: string) => ({
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ kind: 'ServiceAccount', name: 'ushadow', namespace }],
  });
  const inNamespace = [
    rule('', 'configmaps', 'secrets', 'services'),
    rule('apps', 'deployments'),
    rule('networking.k8s.io', 'ingresses'),
  ];
  const wide = `seed-${namespace}`;
  await post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: 'ushadow' } });
  await post(`${RBAC}/namespaces/${namespace}/roles`, { metadata: { name: 'seed' }, rules: inNamespace });
  await post(`${RBAC}/namespaces/${namespace}/rolebindings`, bind('Role', 'seed'));
  await post(`${RBAC}/clusterroles`, { metadata: { name: wide }, rules: [rule('', 'namespaces')] });
  await post(`${RBAC}/clusterrolebindings`, bind('ClusterRole', wide));
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } };
  const answer = await post(`/api/v1/namespaces/${namespace}/serviceaccounts/ushadow/token`, request);
  const { token } = (answer as { status: { token: string } }).status;
  const config = parse(cluster.kubeconfig) as { users: { user: unknown }[] };
  for (const entry of config.users) entry.user = { token };
  return {
    kubeconfig: stringify(config),
    remove: async () => {
      await cluster.api.delete(`${RBAC}/clusterrolebindings/${wide}`);
      await cluster.api.delete(`${RBAC}/clusterroles/${wide}`);
    },
  };
}
