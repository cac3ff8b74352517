/** Who brings an object: what such a tool leaves on its metadata. */
export interface Marks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly object[];
}

const labels = { app: 'theirs' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'it', image: 'theirs/it:1' }] } };
const workload = { replicas: 0, selector: { matchLabels: labels }, template };
const backend = { service: { name: 'theirs', port: { number: 80 } } };

/** Small objects of other people, which run nothing: what is in them matters only in that it must stay. */
const bodies: Readonly<Record<string, { readonly apiVersion: string; readonly [field: string]: unknown }>> = {
  ConfigMap: { apiVersion: 'v1', data: { by: 'others' } },
  Secret: { apiVersion: 'v1', stringData: { by: 'others' } },
  Service: { apiVersion: 'v1', spec: { selector: labels, ports: [{ name: 'theirs', port: 99 }] } },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  Deployment: { apiVersion: 'apps/v1', spec: { ...workload, strategy: { type: 'Recreate' } } },
  StatefulSet: { apiVersion: 'apps/v1', spec: { ...workload, serviceName: 'theirs' } },
  Job: {
    apiVersion: 'batch/v1',
    spec: { suspend: true, template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    spec: { rules: [{ host: 'theirs.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
  },
};

/** An object of others by its `Kind/name`. */
export function manifestOf(key: string, marks: Marks = {}): object {
  const [kind = '', name = ''] = key.split('/');
  const body = bodies[kind];
  if (body === undefined) throw new Error(`what does a ${kind} look like?`);
  return { ...body, kind, metadata: { name, ...marks } };
}
