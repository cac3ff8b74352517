import type { KubeObject } from '@ushadow/kubernetes';

export const image = 'registry.example/app:1';

export function configMap(namespace: string, name: string, data: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

export function secret(namespace: string, name: string, stringData: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}

export function service(namespace: string, name: string): KubeObject {
  const spec = { selector: { app: name }, ports: [{ name: 'http', port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels: { app: name } }, spec };
}

export function deployment(
  namespace: string,
  name: string,
  podSpec: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
): KubeObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image }], ...podSpec } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { replicas: 1, selector: { matchLabels: labels }, template, ...spec },
  } as KubeObject;
}

export function job(namespace: string, name: string): KubeObject {
  const template = {
    metadata: { labels: { app: name } },
    spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] },
  };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace }, spec: { template } };
}
