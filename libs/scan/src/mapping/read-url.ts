import { urlsIn } from '@ushadow/kubernetes';

/** A URL, or the first of several. Of several hosts in it the first stands for all. */
export function readUrl(text: string): AddressDefault | undefined {
  const [first, second] = urlsIn(text);
  if (first === undefined || !/^(?:jdbc:)?$/i.test(text.slice(0, first.at.start))) return undefined;
  const { start, end } = first.hostsAt;
  const [host = ''] = text.slice(start, end).split(',');
  const port = /:(\d{1,5})$/.exec(host)?.[1];
  // What a query holds is no list.
  const isList = second !== undefined && !/[?#]/.test(text.slice(end, second.at.start));
  return {
    kind: 'url',
    scheme: first.scheme,
    host: host.replace(/:\d{1,5}$/, ''),
    port: port === undefined ? undefined : Number(port),
    before: text.slice(0, start),
    after: text.slice(end, isList ? first.at.end : undefined),
  };
}
/** An address with whatever stands around it. Of several the first stands for all. */
export interface AddressDefault {
  readonly kind: 'url' | 'host' | 'host-port';
  readonly host: string;
  readonly port: number | undefined;
  /** Of a URL, lower case; `mysql` of Go's `user@tcp(host:port)/db`. */
  readonly scheme: string | undefined;
  /** What stands before host and port: scheme and user info, byte for byte. */
  readonly before: string;
  /** What stands after: path, database, query, options. */
  readonly after: string;
}
