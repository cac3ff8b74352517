import { rule } from '@ushadow/compose';

/** What becomes of routes; what is wrong with labels of proxies stands with what reads them. */
export const ROUTE_RULES = {
  CMP1450: rule<{ service: string; port: string }>({
    severity: 'warning',
    title: 'Route has no port to lead to',
    message: ({ service, port }) =>
      port === ''
        ? `Service "${service}" is to be reached from outside by HTTP, but no TCP port of it is known.`
        : `Service "${service}" is to be reached from outside on port ${port}, which it does not have.`,
    remedy: 'Name the port of the container, or add it to "expose:".',
  }),
  CMP1451: rule<{ service: string; route: string; what: string }>({
    severity: 'warning',
    title: 'Part of a rule cannot be expressed',
    message: ({ service, route, what }) =>
      `Route "${route}" of service "${service}" asks for ${what}, which neither an Ingress nor an HTTPRoute can; requests that need it go to another route that takes them, or nowhere.`,
    remedy: 'Write a rule of hosts, paths, methods, headers and queries.',
  }),
  CMP1452: rule<{ service: string }>({
    severity: 'info',
    title: 'Routes of labels give way',
    message: ({ service }) =>
      `Service "${service}" has a route that was asked for here; those that its labels describe for a proxy are not made.`,
    remedy: 'Ask for none to have those of the labels.',
  }),
  CMP1453: rule<{ service: string; route: string; filter: string; type: string; target: string }>({
    severity: 'error',
    title: 'Filter of a route cannot be expressed',
    message: ({ service, route, filter, type, target }) =>
      `Route "${route}" of service "${service}" uses "${filter}" (${type}), which ${target} cannot express; the route is not made.`,
    remedy: ({ type }) => `Do without it, by "x-ushadow: {without_filters: [${type}]}" on the service, or remove it.`,
  }),
  CMP1471: rule<{ service: string; route: string; filter: string }>({
    severity: 'error',
    title: 'Middleware of a route is not defined',
    message: ({ service, route, filter }) =>
      `Route "${route}" of service "${service}" uses the middleware "${filter}", which no label of the project defines; the route is not made, since a wider one might take its requests.`,
    remedy: ({ filter }) =>
      `Define it with labels "traefik.http.middlewares.${filter}…", or do without it, by "x-ushadow: {without_filters: [${filter}]}" on the service.`,
  }),
  CMP1472: rule<{ service: string; protocol: string; route: string; reason: string; remedy: string }>({
    severity: 'warning',
    title: 'Route of TCP or UDP is not made',
    message: ({ service, protocol, route, reason }) =>
      `The ${protocol} route "${route}" of service "${service}" is not made: ${reason}.`,
    remedy: ({ remedy }) => remedy,
  }),
  CMP1454: rule<{ service: string; route: string; filter: string; type: string }>({
    severity: 'info',
    title: 'Filter of a route is left out',
    message: ({ service, route, filter, type }) =>
      `Route "${route}" of service "${service}" does without "${filter}" (${type}), as was asked for.`,
    remedy: 'Nothing to do.',
  }),
  CMP1455: rule<{ service: string; route: string; other: string; otherService: string }>({
    severity: 'warning',
    title: 'Routes are tried in another order',
    message: ({ service, route, other, otherService }) =>
      `Requests that routes "${route}" (service "${service}") and "${other}" (service "${otherService}") both take go to the one with the more exact host and path, not by priority or length of the rule.`,
    remedy: 'Write rules that do not overlap, or whose more exact one is to come first.',
  }),
  CMP1456: rule<{ service: string; route: string }>({
    severity: 'info',
    title: 'Priority of a route is not carried over',
    message: ({ service, route }) =>
      `Route "${route}" of service "${service}" has a priority; in the cluster the more exact host and path comes first.`,
    remedy: 'Nothing to do where no other route takes the same requests.',
  }),
  CMP1457: rule<{ service: string; route: string; host: string }>({
    severity: 'info',
    title: 'Wildcard host takes more',
    message: ({ service, route, host }) =>
      `Route "${route}" of service "${service}" takes every host below "${host.slice(2)}", also with several labels before it.`,
    remedy: 'Nothing to do where no such host leads to the cluster.',
  }),
  CMP1458: rule<{ service: string; route: string; prefix: string }>({
    severity: 'info',
    title: 'Path prefix is one of whole segments',
    message: ({ service, route, prefix }) =>
      `Route "${route}" of service "${service}" takes "${prefix.replace(/\/+$/, '')}" and what lies below it; a proxy compares characters, and takes what merely begins with "${prefix}".`,
    remedy: 'Nothing to do where no such path is in use.',
  }),
  CMP1459: rule<{ service: string; address: string }>({
    severity: 'error',
    title: 'Public address is not valid',
    message: ({ service, address }) => `"${address}" is no address that service "${service}" can be reached at.`,
    remedy: 'Write a host name, with the port of the container and a path if wanted: shop.example.org:3000/api.',
  }),
  CMP1460: rule<{ service: string; route: string; gateway: string; listener: string; yaml: string }>({
    severity: 'warning',
    title: 'Gateway has no listener for a route with TLS',
    message: ({ service, route, gateway, listener }) =>
      `Route "${route}" of service "${service}" needs the listener "${listener}", which Gateway "${gateway}" does not have; it is not ready before.`,
    remedy: ({ gateway, yaml }) => `Add this listener to Gateway "${gateway}":\n${yaml}`,
  }),
  CMP1461: rule<{ className: string }>({
    severity: 'warning',
    title: 'Ingress NGINX is not maintained any more',
    message: ({ className }) =>
      `Ingresses of class "${className}" are carried out by Ingress NGINX, which has had no fixes since March 2026.`,
    remedy: 'Move to another controller, or to Gateway API.',
  }),
  CMP1462: rule<{ service: string; route: string; secret: string }>({
    severity: 'warning',
    title: 'Certificate is not issued by itself',
    message: ({ service, route, secret }) =>
      `Route "${route}" of service "${service}" has TLS with the certificate in Secret "${secret}", and no issuer of certificates is set for the cluster.`,
    remedy: ({ secret }) => `Set an issuer of cert-manager for the cluster, or create the Secret "${secret}".`,
  }),
  CMP1463: rule<{ service: string; route: string; other: string; otherService: string; address: string }>({
    severity: 'warning',
    title: 'Two routes have one address',
    message: ({ service, route, other, otherService, address }) =>
      `Routes "${other}" (service "${otherService}") and "${route}" (service "${service}") both lead from ${address}; which of them takes a request is left to the controller.`,
    remedy: 'Give one of them another host or path.',
  }),
  CMP1464: rule<{ service: string; route: string }>({
    severity: 'warning',
    title: 'Route takes no request',
    message: ({ service, route }) =>
      `The conditions of route "${route}" of service "${service}" exclude each other; nothing is made of it.`,
    remedy: 'Join hosts, paths or methods that are alternatives by "||".',
  }),
  CMP1465: rule<{ service: string; route: string; scheme: string }>({
    severity: 'warning',
    title: 'Service is to be spoken to in another protocol',
    message: ({ service, route, scheme }) =>
      `Route "${route}" of service "${service}" speaks ${scheme} to the container, which no route of Kubernetes says; a controller would speak HTTP.`,
    remedy: 'Let the container serve plain HTTP on the port, or name another port.',
  }),
  CMP1466: rule<{ count: number }>({
    severity: 'info',
    title: 'Too many routes to compare',
    message: ({ count }) => `There are ${count} routes with overlapping addresses; not all were compared.`,
    remedy: 'Nothing to do where they do not overlap.',
  }),
  CMP1467: rule<{ service: string; route: string; what: string }>({
    severity: 'warning',
    title: 'Part of a rule is not for an Ingress',
    message: ({ service, route, what }) =>
      `Route "${route}" of service "${service}" asks for ${what}, which an Ingress cannot; requests that need it go to another route that takes them, or nowhere.`,
    remedy: 'Use a Gateway of Gateway API, whose HTTPRoutes can.',
  }),
  CMP1468: rule<{ service: string; route: string; other: string; otherService: string }>({
    severity: 'warning',
    title: 'Traefik tries paths of an Ingress in another order',
    message: ({ service, route, other, otherService }) =>
      `Requests that routes "${route}" (service "${service}") and "${other}" (service "${otherService}") both take go to the one with the longer text where Traefik carries out Ingresses, not to the more exact one.`,
    remedy:
      'Use the Gateway of Traefik, whose HTTPRoutes it orders as they are meant, or addresses that do not overlap.',
  }),
  CMP1469: rule<{ service: string; route: string; what: string }>({
    severity: 'warning',
    title: 'Part of a rule is not for an HTTPRoute',
    message: ({ service, route, what }) =>
      `Route "${route}" of service "${service}" asks for ${what}, which an HTTPRoute cannot; requests that need it go to another route that takes them, or nowhere.`,
    remedy:
      'Write paths with plain or encoded characters, methods of HTTP itself, and headers and parameters with a value.',
  }),
  CMP1470: rule<{ service: string; route: string }>({
    severity: 'warning',
    title: 'Plain HTTP is not redirected',
    message: ({ service, route }) =>
      `The proxy sends plain requests of route "${route}" of service "${service}" on to HTTPS, which an Ingress cannot; whether they are is up to its controller.`,
    remedy: 'Set the redirect on the controller, or use a Gateway of Gateway API.',
  }),
  CMP1473: rule<{ service: string; route: string }>({
    severity: 'warning',
    title: 'The service is asked with the path',
    message: ({ service }) =>
      `A public address of service "${service}" has a path that the service is not to get, which an Ingress cannot take off: it gets the path.`,
    remedy: 'Use a Gateway of Gateway API, let the service answer below that path, or give it a host of its own.',
  }),
};
