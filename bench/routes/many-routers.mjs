import { compileProject } from '../../libs/compiler/src/testing/compile-project.ts';

const SERVICES = 10;
const HOSTS = 1_000;

/** Compiles `n` routers of ten services; gives the number of objects that are routes. */
export function compileRouters(n, routes) {
  const services = Object.fromEntries(
    Array.from({ length: SERVICES }, (_, index) => [`w${index}`, { labels: labelsOf(index, n / SERVICES) }]),
  );
  const { objects } = compileProject({ services }, { target: { routes } });
  return objects.filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute').length;
}

function labelsOf(service, count) {
  const labels = { [`traefik.http.services.s${service}.loadbalancer.server.port`]: '80' };
  for (let index = 0; index < count; index += 1) {
    const id = service * count + index;
    labels[`traefik.http.routers.r${id}.rule`] = `Host(\`h${id % HOSTS}.example.org\`) && PathPrefix(\`/p${id}\`)`;
  }
  return labels;
}
