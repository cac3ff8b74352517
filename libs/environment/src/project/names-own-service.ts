import { addressesIn } from '@ushadow/kubernetes';

/**
 * Whether an address leads to one of these names: the host of a URL, each host of a list, a bare host with or without a
 * port, `host=…` of a connection string, `tcp(…)` of a data source name.
 */
export function namesOwnService(value: string, ownNames: ReadonlySet<string>): boolean {
  return hostsOf(value.trim()).some((host) => ownNames.has(host.toLowerCase()));
}

function hostsOf(text: string): readonly string[] {
  const hosts = addressesIn(text).map(({ host }) => host);
  if (hosts.length > 0 || /\s|:\/\//.test(text)) return hosts;
  // A bare host, or several.
  return text.split(',').map((each) => each.replace(/[/?#].*$/, '').replace(/:[^:]*$/, ''));
}
