import type { InputOf, OutputOf, operations } from '@ushadow/contracts';
import { canonicalYamlStream, type KubeObject } from '@ushadow/kubernetes';
import { accessScript } from './access-script.ts';
import { features } from './features.ts';
import { ACCOUNT, roleObjects, serviceAccount } from './role-objects.ts';

type Operation = typeof operations.getAccessManifest;

/** A ServiceAccount with the rights that are used and no others: nothing on `*`, no Secrets beyond its namespace. */
export function accessManifest({ namespace, scope }: InputOf<Operation>): OutputOf<Operation> {
  const yaml = canonicalYamlStream(accessObjects(namespace, scope));
  return { namespace, scope, yaml, script: accessScript(namespace, yaml) };
}

function accessObjects(namespace: string, scope: 'namespace' | 'cluster'): KubeObject[] {
  const subject = serviceAccount(namespace);
  const rightsOf = (wanted: 'namespace' | 'cluster') =>
    features.filter((feature) => feature.scope === wanted).flatMap(({ rights }) => rights);
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace } },
    ...roleObjects(ACCOUNT, rightsOf('namespace'), subject, namespace),
    // Bound by namespace in its name: several namespaces of a cluster can each have an account of their own.
    ...(scope === 'cluster' ? roleObjects(`${ACCOUNT}-${namespace}`, rightsOf('cluster'), subject, undefined) : []),
  ];
}
