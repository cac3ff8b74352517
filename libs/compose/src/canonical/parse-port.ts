export interface ShortPort {
  readonly hostIp: string;
  readonly target: number;
  readonly published: string;
  readonly protocol: string;
}

type Failed = { readonly problem: string };

const PORT_MAX = 65535;
const PROTOCOLS = new Set(['tcp', 'udp', 'sctp']);

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Reads `[[HOST_IP:][PUBLISHED]:]TARGET[/PROTOCOL]`, ranges included: one entry per container port. */
export function parsePort(text: string): readonly ShortPort[] | Failed {
  const slash = text.indexOf('/');
  const protocol = (slash < 0 ? '' : text.slice(slash + 1)) || 'tcp';
  const { ip, published, target } = splitAddress(slash < 0 ? text : text.slice(0, slash));
  if (target === '') return { problem: 'it has no container port' };
  if (ip !== '' && !isIpAddress(ip)) return { problem: `${ip} is not an IP address` };
  if (!PROTOCOLS.has(protocol.toLowerCase())) return { problem: `the protocol ${protocol} is not tcp, udp or sctp` };
  return expandRanges(target, published, ip, protocol.toLowerCase());
}

function expandRanges(target: string, published: string, ip: string, protocol: string): readonly ShortPort[] | Failed {
  const targets = readRange(target);
  if (!targets || targets.start === 0) {
    return { problem: `the container port ${target} is not a number from 1 to 65535` };
  }
  const hosts = published === '' ? undefined : readRange(published);
  if (published !== '' && !hosts) return { problem: `the host port ${published} is not a number from 0 to 65535` };
  if (hosts && sizeOf(hosts) !== sizeOf(targets) && sizeOf(targets) !== 1) {
    return { problem: 'its two ranges differ in length' };
  }
  return expand(targets, hosts, ip, protocol, published);
}

function expand(
  targets: Range,
  hosts: Range | undefined,
  hostIp: string,
  protocol: string,
  published: string,
): readonly ShortPort[] {
  const spread = hosts && sizeOf(targets) === 1 && sizeOf(hosts) > 1;
  return Array.from({ length: sizeOf(targets) }, (_, index) => ({
    hostIp,
    target: targets.start + index,
    published: spread ? published : hosts ? String(hosts.start + index) : '',
    protocol,
  })).sort((a, b) => (`${a.target}/${a.protocol}` < `${b.target}/${b.protocol}` ? -1 : 1));
}

function splitAddress(text: string): { ip: string; published: string; target: string } {
  const parts = text.split(':');
  const target = parts.pop() ?? '';
  const published = parts.pop() ?? '';
  const ip = parts.join(':').replace(/^\[(.*)\]$/, '$1');
  return { ip, published, target };
}

function sizeOf({ start, end }: Range): number {
  return end - start + 1;
}

function readRange(text: string): Range | undefined {
  const match = /^([0-9]+)(?:-([0-9]+))?$/.exec(text);
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === undefined ? start : Number(match[2]);
  return start <= end && end <= PORT_MAX ? { start, end } : undefined;
}

/** IPv4 in four decimal parts, or IPv6. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text.split('%', 1)[0] ?? '');
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !isIpv4(last)) return false;
  const hex = embedded ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = hex.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
