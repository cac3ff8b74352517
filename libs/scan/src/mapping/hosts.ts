/** Last labels of names that are of no use outside a machine, a network or a cluster. */
const privateSuffixes = new Set([
  'local',
  'localdomain',
  'localhost',
  'internal',
  'lan',
  'home',
  'svc',
  'test',
  'invalid',
]);
const everyAddress = new Set(['', '*', '0.0.0.0', '::', '[::]']);

export function isIpv6(text: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[0-9a-f:.]+)$/i.test(text) && text.split(':').length > 2;
}

/** Where a server listens, or nowhere: no address to connect to. */
export const isNoDestination = (host: string): boolean => everyAddress.has(host);

/** A name of the Internet, as a service bought elsewhere has. */
export function isPublicName(host: string): boolean {
  const labels = host.toLowerCase().split('.');
  const last = labels.at(-1) ?? '';
  return labels.length > 1 && /^[a-z]{2,}$/.test(last) && !privateSuffixes.has(last);
}

export const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
