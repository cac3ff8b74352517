import { urlsIn } from '@ushadow/kubernetes';
import { escapePattern } from '../text/escaping.ts';

/**
 * A command that asks `localhost` where it asks one of these names: as the host of a URL, before a port, or after the
 * option for a host. The same word in any other place, such as a user or a database, stays.
 */
export function callHome(command: readonly string[], names: ReadonlySet<string>): readonly string[] {
  if (names.size === 0) return command;
  const any = [...names]
    .sort((a, b) => b.length - a.length)
    .map(escapePattern)
    .join('|');
  const host = new RegExp(
    `((?:^|\\s)(?:-h|--host|--hostname)(?:=|\\s+)?|(?:^|[\\s=,;@"'])(?=(?:${any}):\\d))(?:${any})(?=[:/?#\\s"',;]|$)`,
    'gi',
  );
  const exact = new RegExp(`^(?:${any})$`, 'i');
  const calledHome = (name: string): string => (exact.test(name) ? 'localhost' : name);
  return command.map((word, index) => {
    const option = /^(-h|--host|--hostname)$/.test(command[index - 1] ?? '');
    return option ? calledHome(word) : inUrls(word, calledHome).replace(host, '$1localhost');
  });
}

/** The text with each host of its URLs put through the function; the last first, so that the places of the others hold. */
function inUrls(text: string, map: (host: string) => string): string {
  return urlsIn(text).reduceRight((known, { hostsAt: { start, end } }) => {
    const hosts = known.slice(start, end).replace(/[^,:]+(?=:|,|$)/g, map);
    return known.slice(0, start) + hosts + known.slice(end);
  }, text);
}
