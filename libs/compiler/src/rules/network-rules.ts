import { isDnsLabel } from '@ushadow/kubernetes';
import { isAddress, isHostName, isSearchDomain } from '../emit/pod-network.ts';
import { publishedPorts } from '../reach/published-ports.ts';
import type { DesignRule, ServiceRule } from './rule.ts';

export const extraHosts: ServiceRule = ({ service }, { report }) => {
  for (const { name, addresses, path } of service.membership.hosts) {
    if (!isHostName(name)) report('CMP0411', path, { service: service.name, key: 'extra_hosts', value: name });
    else {
      for (const address of addresses.filter((text) => !isAddress(text))) {
        report('CMP0406', path, { service: service.name, host: name, address });
      }
    }
  }
};

export const hostPorts: ServiceRule = ({ service, settings }, { report }) => {
  for (const { onNode, port, path } of service.listeners) {
    if (onNode && settings.hostPorts !== true) report('CMP0402', `${path}/mode`, { service: service.name, port });
  }
};

/** Asked to be open to others, but Compose publishes nothing that could be. */
export const nothingOutward: ServiceRule = ({ service, settings }, { report }) => {
  const { exposure } = settings;
  const asked = exposure === 'NodePort' || exposure === 'LoadBalancer' ? exposure : undefined;
  if (asked !== undefined && publishedPorts(service).length === 0)
    report('CMP0412', service.path, { service: service.name, type: asked });
};

export const podNames: ServiceRule = ({ service, dotted }, { report }) => {
  const { hostname, domainname } = service.process;
  const whole = hostname?.toLowerCase();
  if (hostname !== undefined && whole !== dotted?.name && !isDnsLabel(whole ?? '')) {
    report('CMP0109', `${service.path}/hostname`, { service: service.name, key: 'hostname', value: hostname });
  }
  if (domainname !== undefined && !isDnsLabel(domainname)) {
    report('CMP0109', `${service.path}/domainname`, { service: service.name, key: 'domainname', value: domainname });
  }
};

export const nameServers: ServiceRule = ({ service }, { report }) => {
  const { dns } = service.membership;
  for (const value of dns.filter((text) => !isAddress(text))) {
    report('CMP0411', `${service.path}/dns`, { service: service.name, key: 'dns', value });
  }
  for (const value of service.membership.dnsSearch.filter((text) => !isSearchDomain(text))) {
    report('CMP0411', `${service.path}/dns_search`, { service: service.name, key: 'dns_search', value });
  }
  if (dns.length > 3) report('CMP0407', `${service.path}/dns`, { service: service.name, count: dns.length });
};

/** Compose could not start both; the cluster can. */
export const publishedTwice: DesignRule = (design, { report }) => {
  const owners = new Map<string, string>();
  for (const { service } of design.services) {
    for (const { published, protocol, hostAddress, path } of service.listeners) {
      if (published === undefined) continue;
      const port = `${published}/${protocol}`;
      const key = `${hostAddress ?? ''} ${port}`;
      const owner = owners.get(key);
      if (owner !== undefined && owner !== service.name)
        report('CMP0401', path, { service: service.name, port, other: owner });
      owners.set(key, owner ?? service.name);
    }
  }
};

/**
 * Two processes cannot listen on one port of one pod. What the owner of a shared network publishes may be the port of
 * one that shares it: there is no other place to publish it.
 */
export const portsOfOnePod: DesignRule = (design, { report }) => {
  const owners = new Map<string, string>();
  for (const { service, host, ports } of design.services) {
    for (const { port, protocol, path } of ports) {
      const isForOthers = host === service.name && path.startsWith(`${service.path}/ports/`);
      if (isForOthers) continue;
      const key = `${host} ${port}/${protocol}`;
      const owner = owners.get(key);
      if (owner !== undefined && owner !== service.name)
        report('CMP0409', path, { service: service.name, other: owner, port: `${port}/${protocol}` });
      owners.set(key, owner ?? service.name);
    }
  }
};

export const cutOff: ServiceRule = ({ service }, { report, input }) => {
  const none = service.membership.mode === 'none' && input.target.policies?.networks !== true;
  if (none) report('CMP0410', `${service.path}/network_mode`, { service: service.name });
};

/** Addresses that the project gives its services and that values name. */
export const literalAddresses: DesignRule = (design, { report }) => {
  const owners = new Map(
    design.services.flatMap(({ service }) =>
      service.membership.addresses.map((address): [string, string] => [address, service.name]),
    ),
  );
  if (owners.size === 0) return;
  for (const { service } of design.services) {
    for (const { name, value, path } of service.environment) {
      const address = /(?:^|[^\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])/.exec(value)?.[1];
      const owner = owners.get(address ?? '');
      if (address !== undefined && owner !== undefined)
        report('CMP0408', path, { service: service.name, variable: name, address, owner });
    }
  }
};
