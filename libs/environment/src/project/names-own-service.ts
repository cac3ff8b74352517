/**
 * Whether an address leads to one of these names: the host of a URL, each host of a list, a bare host with or without a
 * port, `host=…` of a connection string, `tcp(…)` of a data source name.
 */
export function namesOwnService(value: string, ownNames: ReadonlySet<string>): boolean {
  return hostsOf(value).some((host) => ownNames.has(host.toLowerCase()));
}

function hostsOf(value: string): readonly string[] {
  const text = value.trim();
  const keyed = [...text.matchAll(/(?:^|[\s;,])(?:host|server|data source|addr(?:ess)?)\s*=\s*([^\s;,]+)/gi)];
  if (keyed.length > 0) return keyed.flatMap(([, host = '']) => hostsOfList(host));
  const inBrackets = /\b(?:tcp|udp)\(([^)]+)\)/i.exec(text)?.[1];
  if (inBrackets !== undefined) return hostsOfList(inBrackets);
  // Several URLs in one text, as brokers have them.
  if (/,\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text.split(',').flatMap(hostsOf);
  const scheme = text.indexOf('://');
  const address = scheme < 0 ? text : text.slice(scheme + 3);
  // A password may hold "/" and "@": the host stands behind the last one.
  return hostsOfList(address.slice(address.lastIndexOf('@') + 1));
}

function hostsOfList(text: string): readonly string[] {
  const [authority = ''] = text.split(/[/?#]/, 1);
  return authority.split(',').map((each) => each.trim().replace(/:[^:]*$/, ''));
}
