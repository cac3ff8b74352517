import { rule } from '@ushadow/compose';

/** Traefik takes all labels of a service, or none. */
function refusal(isRefused: boolean): string {
  return isRefused ? ' Traefik refuses all labels of such a service, and none of its routes are made.' : '';
}

/** What is found in labels and variables of proxies: from 1401 Traefik, 1425 Caddy, 1430 nginx-proxy, 1440 others and proxies themselves. */
export const PROXY_RULES = {
  CMP1401: rule<{ service: string; router: string; offset: number; reason: string }>({
    severity: 'warning',
    title: 'Rule of a router cannot be read',
    message: ({ service, router, offset, reason }) =>
      `The rule of router "${router}" of service "${service}" cannot be read at character ${offset + 1}: ${reason}. The route is left out.`,
    remedy: 'Correct the rule, as in: Host(`shop.example.org`) && PathPrefix(`/api`).',
  }),
  CMP1402: rule<{ service: string; router: string; max: number }>({
    severity: 'warning',
    title: 'Rule of a router has too many alternatives',
    message: ({ service, router, max }) =>
      `The rule of router "${router}" of service "${service}" comes to more than ${max} alternatives; the route is left out.`,
    remedy: 'Write several routers, or a simpler rule.',
  }),
  CMP1403: rule<{ service: string; router: string }>({
    severity: 'warning',
    title: 'Router has no rule',
    message: ({ service, router }) =>
      `Router "${router}" of service "${service}" has no rule; the proxy's own configuration would supply one, which is not in the file. The route is left out.`,
    remedy: ({ router }) => `Add the label "traefik.http.routers.${router}.rule".`,
  }),
  CMP1404: rule<{ service: string; router: string; services: readonly string[] }>({
    severity: 'warning',
    title: 'Router must say which service it leads to',
    message: ({ service, router, services }) =>
      `Router "${router}" of service "${service}" names no service, and the labels define ${services.length}: ${services.join(', ')}. The route is left out.`,
    remedy: ({ router }) => `Add the label "traefik.http.routers.${router}.service".`,
  }),
  CMP1405: rule<{ service: string; router: string; name: string }>({
    severity: 'warning',
    title: 'Router leads to a service that does not exist',
    message: ({ service, router, name }) =>
      `Router "${router}" of service "${service}" leads to "${name}", which no label of the project defines. The route is left out.`,
    remedy: ({ name }) => `Define it with "traefik.http.services.${name}.loadbalancer.server.port", or name another.`,
  }),
  CMP1406: rule<{ service: string; router: string; name: string }>({
    severity: 'info',
    title: 'Router leads to the proxy itself',
    message: ({ service, router, name }) =>
      `Router "${router}" of service "${service}" leads to "${name}", a part of Traefik that does not run in the cluster. The route is left out.`,
    remedy: 'Remove the router.',
  }),
  CMP1407: rule<{ service: string; router: string; name: string }>({
    severity: 'warning',
    title: 'Router needs what stands in another file',
    message: ({ service, router, name }) =>
      `Router "${router}" of service "${service}" needs the service "${name}", which the proxy reads from elsewhere. The route is left out.`,
    remedy: 'Define the service by labels.',
  }),
  CMP1409: rule<{ service: string; middleware: string; reason: string }>({
    severity: 'warning',
    title: 'Middleware cannot be used',
    message: ({ service, middleware, reason }) =>
      `Middleware "${middleware}" of service "${service}" ${reason}. Routes that need it are left out.`,
    remedy: 'Correct the labels of the middleware.',
  }),
  CMP1410: rule<{ kind: string; name: string; services: readonly string[] }>({
    severity: 'warning',
    title: 'Defined twice',
    message: ({ kind, name, services }) =>
      `The ${kind} "${name}" is defined by the services ${services.join(' and ')}; routes that need it are left out.`,
    remedy: 'Give each its own name.',
  }),
  CMP1411: rule<{ service: string; router: string; other: string }>({
    severity: 'warning',
    title: 'Two routers take the same requests',
    message: ({ service, router, other }) =>
      `Routers "${other}" and "${router}" (service "${service}") have the same rule and priority; which of them takes a request is left to chance.`,
    remedy: 'Remove one of them, or give them priorities.',
  }),
  CMP1412: rule<{ service: string; label: string; nearest: string; refused: boolean }>({
    severity: 'warning',
    title: 'Label of a proxy is misspelt',
    message: ({ service, label, nearest, refused }) =>
      `Label "${label}" of service "${service}" is not known; did you mean "${nearest}"?${refusal(refused)}`,
    remedy: ({ nearest }) => `Write "${nearest}".`,
  }),
  CMP1413: rule<{ service: string; label: string; refused: boolean }>({
    severity: 'warning',
    title: 'Label of a proxy is not known',
    message: ({ service, label, refused }) =>
      `Label "${label}" of service "${service}" is not known.${refusal(refused)}`,
    remedy: 'Remove it.',
  }),
  CMP1414: rule<{ service: string; label: string; expected: string }>({
    severity: 'warning',
    title: 'Value of a proxy label is not valid',
    message: ({ service, label, expected }) =>
      `Label "${label}" of service "${service}" must be ${expected}.${refusal(true)}`,
    remedy: 'Correct the value.',
  }),
  CMP1415: rule<{ service: string; protocol: string; route: string; reason: string }>({
    severity: 'warning',
    title: 'Route of TCP or UDP is not carried over',
    message: ({ service, protocol, route, reason }) =>
      `The ${protocol} route "${route}" of service "${service}" is not carried over: ${reason}.`,
    remedy: 'Publish the port, and open the service outward with a service type of LoadBalancer or NodePort.',
  }),
  CMP1416: rule<{ service: string; label: string }>({
    severity: 'info',
    title: 'Setting of a proxy is not carried over',
    message: ({ service, label }) => `Label "${label}" of service "${service}" is not carried over.`,
    remedy: 'Nothing to do where the default will do; else set it on the controller of the cluster.',
  }),
  CMP1417: rule<{ service: string; routers: readonly string[] }>({
    severity: 'info',
    title: 'Routers are not switched on',
    message: ({ service, routers }) =>
      `Service "${service}" has routers (${routers.join(', ')}) but not the label "traefik.enable: true", which the proxy of this project asks for. They are left out.`,
    remedy: 'Add the label "traefik.enable: true" where they are wanted.',
  }),
  CMP1418: rule<{ service: string; label: string }>({
    severity: 'warning',
    title: 'Label is of Traefik 1',
    message: ({ service, label }) =>
      `Label "${label}" of service "${service}" is of Traefik 1, which later ones do not read; it makes no route.`,
    remedy: 'Write routers, as in "traefik.http.routers.web.rule: Host(`shop.example.org`)".',
  }),
  CMP1419: rule<{ service: string; router: string; entryPoint: string }>({
    severity: 'warning',
    title: 'Router may be meant for TLS',
    message: ({ service, router, entryPoint }) =>
      `Router "${router}" of service "${service}" listens on "${entryPoint}" but says nothing of TLS; what the proxy adds there is not in the file. The route is plain HTTP.`,
    remedy: ({ router }) => `Add the label "traefik.http.routers.${router}.tls: true" if it is meant for TLS.`,
  }),
  CMP1420: rule<{ service: string; router: string; name: string }>({
    severity: 'warning',
    title: 'Router leads out of the project',
    message: ({ service, router, name }) =>
      `Router "${router}" of service "${service}" leads to "${name}", which is an address and no service of the project. The route is left out.`,
    remedy: 'Lead to a service, and let that one reach the address.',
  }),
  CMP1421: rule<{ service: string; router: string; max: number }>({
    severity: 'warning',
    title: 'Router has too many middlewares',
    message: ({ service, router, max }) =>
      `Router "${router}" of service "${service}" has more than ${max} middlewares; the route is left out.`,
    remedy: 'Leave out what is not needed.',
  }),
  CMP1422: rule<{ service: string; router: string; entryPoints: readonly string[] }>({
    severity: 'warning',
    title: 'Router listens at no entry point of the proxy',
    message: ({ service, router, entryPoints }) =>
      `Router "${router}" of service "${service}" listens at ${entryPoints.join(', ')}, which the proxy of the project does not have. The route is left out.`,
    remedy: 'Name an entry point of the proxy.',
  }),
  CMP1423: rule<{ service: string; router: string; entryPoints: readonly string[] }>({
    severity: 'warning',
    title: 'Router listens at a port of its own',
    message: ({ service, router, entryPoints }) =>
      `Router "${router}" of service "${service}" listens at ${entryPoints.join(', ')}, which is a port of its own. In the cluster the route is reached where all others are.`,
    remedy: 'Write "x-ushadow: {public_at: []}" on the service where it must not be reached by everybody.',
  }),
  CMP1425: rule<{ service: string; address: string; reason: string }>({
    severity: 'warning',
    title: 'Address of a Caddy site cannot be read',
    message: ({ service, address, reason }) =>
      `The address "${address}" of a Caddy site of service "${service}" is left out: ${reason}.`,
    remedy: 'Write a host name, with or without http://.',
  }),
  CMP1426: rule<{ service: string; directive: string }>({
    severity: 'warning',
    title: 'Directive of Caddy is not carried over',
    message: ({ service, directive }) => `The directive "${directive}" of service "${service}" is not carried over.`,
    remedy: 'Nothing to do where the site works without it; else set it on the controller of the cluster.',
  }),
  CMP1427: rule<{ service: string; label: string; reason: string }>({
    severity: 'warning',
    title: 'Site of Caddy cannot be read',
    message: ({ service, label, reason }) => `Label "${label}" of service "${service}" makes no route: ${reason}.`,
    remedy: 'Write "caddy.reverse_proxy: {{upstreams 80}}" with the port of the container.',
  }),
  CMP1430: rule<{ service: string; host: string }>({
    severity: 'warning',
    title: 'Host of nginx-proxy cannot be expressed',
    message: ({ service, host }) =>
      `The host "${host}" in VIRTUAL_HOST of service "${service}" cannot be expressed as a route; it is left out.`,
    remedy: 'Write the hosts one by one.',
  }),
  CMP1431: rule<{ service: string }>({
    severity: 'warning',
    title: 'VIRTUAL_HOST_MULTIPORTS is not read',
    message: ({ service }) => `VIRTUAL_HOST_MULTIPORTS of service "${service}" is not read; it makes no route.`,
    remedy: 'Write VIRTUAL_HOST and VIRTUAL_PORT, or labels of Traefik.',
  }),
  CMP1432: rule<{ service: string; variable: string; expected: string }>({
    severity: 'warning',
    title: 'Variable of nginx-proxy is not valid',
    message: ({ service, variable, expected }) =>
      `Variable ${variable} of service "${service}" must be ${expected}; its routes are left out.`,
    remedy: 'Correct the value.',
  }),
  CMP1433: rule<{ service: string; variable: string }>({
    severity: 'info',
    title: 'Variable of nginx-proxy is not carried over',
    message: ({ service, variable }) => `Variable ${variable} of service "${service}" is not carried over.`,
    remedy: 'Nothing to do where the default will do; else set it on the controller of the cluster.',
  }),
  CMP1440: rule<{ service: string; family: string; proxy: string }>({
    severity: 'info',
    title: 'Labels of another proxy are not carried over',
    message: ({ service, family, proxy }) =>
      `The labels "${family}" of service "${service}" are for ${proxy}; they are not carried over.`,
    remedy: 'Describe the route by labels of Traefik, or give the service a public address.',
  }),
  CMP1441: rule<{ service: string; proxy: string }>({
    severity: 'info',
    title: 'Proxy over Docker has nothing to read',
    message: ({ service, proxy }) =>
      `Service "${service}" is ${proxy}, which reads its routes from Docker; a cluster has no Docker. Its routes become Ingress or HTTPRoute.`,
    remedy: 'Leave the service out; the controller of the cluster takes its place.',
  }),
  CMP1442: rule<{ service: string; setting: string }>({
    severity: 'info',
    title: 'Setting of the proxy is not carried over',
    message: ({ service, setting }) =>
      `The setting "${setting}" of the proxy "${service}" is for its routes; what it says is not carried over.`,
    remedy: 'Set it on the controller of the cluster, or by labels of the routers.',
  }),
};
