import { isIPv6 } from 'node:net';

/** Prefixes of IPv6 addresses that carry an IPv4 address, with the first of the two groups that hold it. */
const carriers: readonly { readonly prefix: readonly number[]; readonly at: number }[] = [
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 }, // mapped, ::ffff:0:0/96
  { prefix: [0, 0, 0, 0, 0xffff, 0], at: 6 }, // translated, ::ffff:0:0:0/96
  { prefix: [0, 0, 0, 0, 0, 0], at: 6 }, // compatible, ::/96
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 }, // NAT64, 64:ff9b::/96
  { prefix: [0x64, 0xff9b, 1], at: 6 }, // local NAT64, 64:ff9b:1::/48
  { prefix: [0x2002], at: 1 }, // 6to4, 2002::/16
];

/** The IPv4 address inside an IPv6 one, where the connection would really end. */
export function embeddedIpv4(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const carrier = carriers.find(({ prefix }) => prefix.every((group, index) => groups[index] === group));
  if (carrier === undefined) return undefined;
  const [high = 0, low = 0] = groups.slice(carrier.at, carrier.at + 2);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight 16-bit groups. The URL parser writes any spelling in its normal form, without dotted IPv4. */
function groupsOf(address: string): number[] {
  const normal = new URL(`http://[${address.split('%')[0] ?? ''}]`).hostname.slice(1, -1);
  const [left = '', right] = normal.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (right === undefined) return parse(left);
  const [head, tail] = [parse(left), parse(right)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}
