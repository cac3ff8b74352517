const CONCURRENCY = 24;
const FIELD_MANAGER = { fieldManager: 'bench' };
const SETTLE_MS = 600_000;
const images = ['mongo:7', 'redis:7', 'postgres:16', 'qdrant/qdrant:v1', 'neo4j:5'];
const ports = [27017, 6379, 5432, 6333, 7687];

/** Namespaces with Services; every seventh is infrastructure with a pod behind it, the others are applications. */
export async function fillCluster(transport, prefix, namespaces, services) {
  const names = Array.from({ length: namespaces }, (_, index) => `${prefix}-${index}`);
  const objects = Array.from({ length: services }, (_, index) => objectsOf(names[index % namespaces], index)).flat();
  await each(names, (name) =>
    transport.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, FIELD_MANAGER),
  );
  await each(names, (name) => defaultAccount(transport, name));
  await each(objects, (object) => transport.create(object, FIELD_MANAGER));
  await settled(transport, services);
  return names;
}

/** Pods are refused until it is there; the controller makes it a moment later, so whoever is first wins. */
async function defaultAccount(transport, namespace) {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
  await transport.create(account, FIELD_MANAGER).catch((error) => {
    if (error.httpStatus !== 409) throw error;
  });
}

/** Until every Service has a ready endpoint: before that, controllers are at work beside what is measured. */
async function settled(transport, services) {
  const slices = { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice' };
  const isReady = (slice) => (slice.endpoints ?? []).some((endpoint) => endpoint.conditions?.ready === true);
  for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline;) {
    const { items } = await transport.listAs(slices, isReady);
    if (items.filter((ready) => ready).length >= services) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('the cluster did not come to rest');
}

export async function emptyCluster(transport, names) {
  await each(names, (name) => transport.delete({ group: '', version: 'v1', kind: 'Namespace', name }));
}

function objectsOf(namespace, index) {
  const isInfra = index % 7 === 0;
  const kind = Math.floor(index / 7) % images.length;
  const name = isInfra ? `store-${index}` : `app-${index}`;
  const port = isInfra ? ports[kind] : 8080;
  const labels = {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': namespace,
    'app.kubernetes.io/managed-by': 'bench',
  };
  // Headless: the test cluster has 254 virtual addresses.
  const spec = { clusterIP: 'None', selector: { app: name }, ports: [{ name: 'main', port }] };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels }, spec };
  const image = isInfra ? images[kind] : `registry.example/acme/app:${index}`;
  return [service, podOf(name, namespace, labels, image, port)];
}

/** About as long as pods in use are: variables, probes, resources, annotations. */
function podOf(name, namespace, labels, image, port) {
  const env = Array.from({ length: 15 }, (_, index) => ({ name: `SETTING_${index}`, value: `a value of ${name}` }));
  const probe = { httpGet: { path: '/healthz', port: 'main' }, periodSeconds: 10 };
  const container = {
    name: 'main',
    image,
    env,
    ports: [{ name: 'main', containerPort: port }],
    livenessProbe: probe,
    readinessProbe: probe,
    resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory: '64Mi' } },
  };
  const annotations = { 'example.com/checksum': 'c'.repeat(64), 'example.com/note': 'n'.repeat(200) };
  const metadata = { name, namespace, labels, annotations };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container] } };
}

async function each(items, work) {
  const queue = [...items];
  const run = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, run));
}
