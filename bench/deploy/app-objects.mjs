/**
 * The objects of one application: a quarter each of ConfigMaps, Secrets, Deployments and Services. The Deployments ask
 * for no pods, so that applying is measured and not the rollout.
 */
export function appObjects(namespace, count, version) {
  return Array.from({ length: count }, (_, index) => {
    const name = `part-${Math.floor(index / 4)}`;
    return KINDS[index % 4](namespace, name, version);
  });
}

const labels = (name) => ({ app: name, 'app.kubernetes.io/part-of': 'bench' });
const meta = (namespace, name) => ({ name, namespace, labels: labels(name) });

const KINDS = [
  (namespace, name, version) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: meta(namespace, name),
    data: { LOG_LEVEL: 'info', VERSION: String(version), URL: `http://${name}:8080` },
  }),
  (namespace, name, version) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: meta(namespace, name),
    stringData: { PASSWORD: `password-${version}` },
  }),
  (namespace, name, version) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta(namespace, name),
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: labels(name) },
        spec: {
          containers: [
            {
              name: 'main',
              image: `registry.example/${name}:${version}`,
              envFrom: [{ configMapRef: { name } }, { secretRef: { name } }],
              ports: [{ name: 'http', containerPort: 8080 }],
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
            },
          ],
        },
      },
    },
  }),
  (namespace, name) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(namespace, name),
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }),
];
