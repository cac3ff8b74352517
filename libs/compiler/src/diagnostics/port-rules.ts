import { rule } from '@ushadow/compose';

export const PORT_RULES = {
  CMP0401: rule<{ service: string; port: string; other: string }>({
    severity: 'warning',
    title: 'Published port is used twice',
    message: ({ service, port, other }) =>
      `Services "${other}" and "${service}" both publish port ${port}, which Compose would refuse to start.`,
    remedy: 'Publish different ports. In the cluster each service has its own address, so both work there.',
  }),
  CMP0402: rule<{ service: string; port: number }>({
    severity: 'info',
    title: 'Host port is not opened',
    message: ({ service, port }) =>
      `Port ${port} of service "${service}" has mode "host"; in the cluster it is opened on the Service only.`,
    remedy: 'Label the service "kompose.controller.port.expose: true" to open it on every node.',
  }),
  CMP0403: rule<{ service: string; address: string; port: number }>({
    severity: 'info',
    title: 'Address of the machine is left out',
    message: ({ service, address, port }) =>
      `Port ${port} of service "${service}" is bound to ${address}, an address the cluster does not have.`,
    remedy: 'Open the service outward with a service type or an ingress where that is wanted.',
  }),
  CMP0404: rule<{ service: string; count: number }>({
    severity: 'info',
    title: 'Too many ports to list',
    message: ({ service, count }) =>
      `Service "${service}" has ${count} ports; its name leads to the containers themselves, where all of them are open.`,
    remedy: 'To open a large range outward, use host ports or the host network.',
  }),
  CMP0406: rule<{ service: string; host: string; address: string }>({
    severity: 'warning',
    title: 'Extra host has no address in the cluster',
    message: ({ service, host, address }) =>
      `The extra host "${host}" of service "${service}" is "${address}", which is no address in a cluster; it is left out.`,
    remedy: 'Give an address, or create a Service of that name.',
  }),
  CMP0407: rule<{ service: string; count: number }>({
    severity: 'warning',
    title: 'Too many name servers',
    message: ({ service, count }) => `Service "${service}" names ${count} name servers; a pod takes three.`,
    remedy: 'Keep the three that matter.',
  }),
  CMP0408: rule<{ service: string; variable: string; address: string; owner: string }>({
    severity: 'warning',
    title: 'Value names an address of the Compose network',
    message: ({ service, variable, address, owner }) =>
      `Variable ${variable} of service "${service}" names ${address}, the address that the file gives "${owner}"; in the cluster nothing answers there.`,
    remedy: ({ owner }) => `Use the name "${owner}".`,
  }),
  CMP0409: rule<{ service: string; other: string; port: string }>({
    severity: 'warning',
    title: 'Port is used twice in one pod',
    message: ({ service, other, port }) =>
      `Services "${other}" and "${service}" share a pod and both listen on ${port}.`,
    remedy: 'Let one of them listen on another port.',
  }),
  CMP0410: rule<{ service: string }>({
    severity: 'warning',
    title: 'Service is not cut off from the network',
    message: ({ service }) =>
      `Service "${service}" has network_mode "none", but pods reach each other unless a network policy forbids it.`,
    remedy: 'Ask for network policies, in a cluster that enforces them.',
  }),
  CMP0411: rule<{ service: string; key: string; value: string }>({
    severity: 'warning',
    title: 'Name or address is not valid',
    message: ({ service, key, value }) =>
      `"${value}" in ${key} of service "${service}" is nothing that a pod takes; it is left out.`,
    remedy: 'Use names of letters, digits, hyphens and dots, and addresses for name servers.',
  }),
  CMP0412: rule<{ service: string; type: string }>({
    severity: 'warning',
    title: 'Nothing to open outward',
    message: ({ service, type }) =>
      `Service "${service}" is to be of type ${type}, but it publishes no port to others; it is reached inside only.`,
    remedy: 'Add the port to "ports:", not bound to 127.0.0.1.',
  }),
  CMP0413: rule<{ service: string; name: string; where: string }>({
    severity: 'warning',
    title: "Docker's own name or resolver is called",
    message: ({ service, name, where }) =>
      `Service "${service}" names "${name}" in ${where}, which only Docker has; in the cluster nothing answers there.`,
    remedy: ({ name }) =>
      name === '127.0.0.11'
        ? 'Name the name server of the cluster, such as kube-dns.kube-system.svc.cluster.local, and complete names, such as SERVICE.NAMESPACE.svc.cluster.local.'
        : 'Name the service that is meant, or give the name an address with "extra_hosts:".',
  }),
  CMP0405: rule<{ service: string }>({
    severity: 'warning',
    title: 'Nothing to route to',
    message: ({ service }) =>
      `Service "${service}" is to be reached from outside by HTTP, but it publishes no TCP port.`,
    remedy: 'Add the port to "ports:", not bound to 127.0.0.1.',
  }),
};
