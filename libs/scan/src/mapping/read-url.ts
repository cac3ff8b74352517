import type { AddressDefault } from './declared-default.ts';

const schemePattern = /^((?:jdbc:)?([a-z][a-z0-9+._-]*):\/\/)(.*)$/i;
// A password may hold "@", and even "/" when it cannot be a port and a path.
const authorityPatterns = [
  /^([^/?#]*@)([^@/?#]*)(.*)$/,
  /^([^@/?#:]*:(?!\d+\/)[^@?#]*@)([^@/?#]*)(.*)$/,
  /^()([^/?#]*)(.*)$/,
];
/** Between two URLs of a list; what a query holds is no list. */
const betweenUrls = /(?<=^[^?#]*)[,;]\s*(?=[a-z][a-z0-9+._-]*:\/\/)/i;

/** A URL, or the first of several. Of several hosts in it the first stands for all. */
export function readUrl(text: string): AddressDefault | undefined {
  const [first = ''] = text.split(betweenUrls);
  const [, prefix, scheme, rest] = schemePattern.exec(first) ?? [];
  if (prefix === undefined || scheme === undefined || rest === undefined) return undefined;
  for (const pattern of authorityPatterns) {
    const [, userInfo, authority, after] = pattern.exec(rest) ?? [];
    if (userInfo === undefined || authority === undefined || after === undefined) continue;
    const [host = ''] = authority.split(',');
    const port = /:(\d{1,5})$/.exec(host)?.[1];
    return {
      kind: 'url',
      scheme: scheme.toLowerCase(),
      host: host.replace(/:\d{1,5}$/, ''),
      port: port === undefined ? undefined : Number(port),
      before: prefix + userInfo,
      after,
    };
  }
  return undefined;
}
