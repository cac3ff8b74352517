const CONCURRENCY = 24;
const FIELD_MANAGER = { fieldManager: 'bench' };
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
  return names;
}

/** Pods are refused until it is there; the controller makes it a moment later, so whoever is first wins. */
async function defaultAccount(transport, namespace) {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
  await transport.create(account, FIELD_MANAGER).catch((error) => {
    if (error.httpStatus !== 409) throw error;
  });
}

export async function emptyCluster(transport, names) {
  await each(names, (name) => transport.delete({ group: '', version: 'v1', kind: 'Namespace', name }));
}

function objectsOf(namespace, index) {
  const isInfra = index % 7 === 0;
  const kind = Math.floor(index / 7) % images.length;
  const name = isInfra ? `store-${index}` : `app-${index}`;
  const port = isInfra ? ports[kind] : 8080;
  const labels = { app: name };
  // Headless: the test cluster has 254 virtual addresses.
  const spec = { clusterIP: 'None', selector: labels, ports: [{ port }] };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
  const container = {
    name: 'c',
    image: isInfra ? images[kind] : `acme/app:${index}`,
    ports: [{ containerPort: port }],
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [container] },
  };
  return [service, pod];
}

async function each(items, work) {
  const queue = [...items];
  const run = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, run));
}
