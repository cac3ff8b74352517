import { isDnsLabel, isDnsSubdomain } from '@ushadow/kubernetes';
import type { DesignedService } from '../model/design.ts';
import { podHostname } from '../names/self-names.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

/** Host name, resolver and network of the pod. */
export function emitPodNetwork(designed: DesignedService, services: readonly DesignedService[]): DraftRecord {
  const { service, settings } = designed;
  const { membership, process, path } = service;
  const hostNetwork = membership.mode === 'machine';
  return {
    hostname: hostname(designed, services),
    subdomain:
      designed.dotted === undefined
        ? subdomain(process.domainname, path)
        : from(designed.dotted.path, designed.dotted.subdomain),
    hostNetwork: hostNetwork ? from(`${path}/network_mode`, true) : undefined,
    dnsPolicy: settings.dnsPolicy ?? (hostNetwork ? 'ClusterFirstWithHostNet' : undefined),
    dnsConfig: dnsConfig(service, settings.ndots),
    hostAliases: some(hostAliases(services.flatMap((item) => item.service.membership.hosts))),
  };
}

/** One that the file does not give is needed only where a pod can be running and not ready. */
function hostname(designed: DesignedService, services: readonly DesignedService[]): Draft {
  const { process, path } = designed.service;
  const name = podHostname(designed);
  if (designed.dotted !== undefined) return from(designed.dotted.path, name);
  if (name === undefined || name === process.hostname?.toLowerCase())
    return name === undefined ? undefined : from(`${path}/hostname`, name);
  return services.some(({ probes }) => probes.readiness !== undefined) ? from(`${path}/healthcheck`, name) : undefined;
}

function subdomain(domainname: string | undefined, path: string): Draft {
  return domainname !== undefined && isDnsLabel(domainname) ? from(`${path}/domainname`, domainname) : undefined;
}

/** Kubernetes takes three name servers and 32 search domains. */
function dnsConfig({ membership, path }: DesignedService['service'], ndots: number | undefined): Draft {
  const options = membership.dnsOptions.map((text): DraftRecord => {
    const [name = '', value] = text.split(':');
    return { name, value };
  });
  const all =
    ndots === undefined
      ? options
      : [...options.filter(({ name }) => name !== 'ndots'), { name: 'ndots', value: String(ndots) }];
  const servers = membership.dns.filter(isAddress).slice(0, 3);
  const searches = membership.dnsSearch.filter(isSearchDomain).slice(0, 32);
  return filled({
    nameservers: servers.length === 0 ? undefined : from(`${path}/dns`, servers),
    searches: searches.length === 0 ? undefined : from(`${path}/dns_search`, searches),
    options: some(all),
  });
}

/** Extra hosts by address; `host-gateway` has no address here. */
function hostAliases(hosts: DesignedService['service']['membership']['hosts']): readonly Draft[] {
  const byAddress = new Map<string, { readonly names: string[]; readonly path: string }>();
  for (const { name, addresses, path } of hosts) {
    for (const address of isHostName(name) ? addresses.filter(isAddress) : []) {
      const known = byAddress.get(address) ?? { names: [], path };
      known.names.push(name.toLowerCase());
      byAddress.set(address, known);
    }
  }
  return [...byAddress].map(([ip, { names, path }]) => from(path, { ip, hostnames: [...new Set(names)] }));
}

export function isAddress(text: string): boolean {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  return octets === undefined ? /^[0-9a-f:.]*:[0-9a-f:.]+$/i.test(text) : octets.every((octet) => Number(octet) < 256);
}

/** A name that the hosts file of a pod takes. */
export function isHostName(text: string): boolean {
  return isDnsSubdomain(text.toLowerCase());
}

/** A search domain that a pod takes; a dot at the end is allowed. */
export function isSearchDomain(text: string): boolean {
  return text === '.' || isDnsSubdomain(text.toLowerCase().replace(/\.$/, ''));
}
