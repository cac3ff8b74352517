/** Where a text leads to. */
export interface Address {
  /** As written; IPv6 in brackets. */
  readonly host: string;
  readonly port: number | undefined;
}

export interface Url {
  /** Lower case. */
  readonly scheme: string;
  /** Everything before the last `@` of the authority: never more is read of it than whether it is there. */
  readonly userInfo: string;
  /** Several where the scheme has lists, `mongodb://a:1,b:2`; none where what stands there is no host. */
  readonly addresses: readonly Address[];
  /** Where it stands in the text. */
  readonly at: Range;
  /** Where its hosts and ports stand, of several with what is between them; what is there may be no host. */
  readonly hostsAt: Range;
}

/** From the first character to the one behind the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The URLs of a text. The authority ends at the first `/`, `?` or `#`, and its host begins after the last `@`, as in the
 * WHATWG standard, for any scheme: `jdbc:postgresql://…`, `amqp://…`, `redis://:pw@h`.
 */
export function urlsIn(text: string): readonly Url[] {
  if (!text.includes('://')) return [];
  return [...unquoted(text).matchAll(URLS)].map(({ index, 0: all, 1: scheme = '' }) => {
    const [from, end] = [index + scheme.length + '://'.length, index + all.length];
    const { hostsAt, ...read } = readRest(text.slice(from, end));
    return {
      ...read,
      scheme: scheme.toLowerCase(),
      at: { start: index, end },
      hostsAt: { start: from + hostsAt.start, end: from + hostsAt.end },
    };
  });
}

/** The one URL that a text is, from end to end. */
export function urlOf(text: string): Url | undefined {
  const [url] = urlsIn(text);
  return url?.at.start === 0 && url.at.end === text.length ? url : undefined;
}

/**
 * Every address that a text names: those of its URLs, `host:port` lists, `user:pw@tcp(host:port)`, and `host=…;port=…` of
 * a line. User information, paths and queries of URLs are never read.
 */
export function addressesIn(text: string): readonly Address[] {
  // Every one of them has a port, a scheme or a key.
  if (!/[:=]/.test(text)) return [];
  const rest = unquoted(text).replace(URLS, ' ').replace(LOGIN, ' ').replace(PASSWORD_PAIR, ' ');
  const listed = [...rest.matchAll(HOST_AND_PORT)].flatMap(([, host = '', port]) => addressOf(host, port));
  return [...urlsIn(text).flatMap(({ addresses }) => addresses), ...listed, ...rest.split('\n').flatMap(keyed)];
}

/** In a text that is a URL, or a list of them, an apostrophe ends nothing. */
function unquoted(text: string): string {
  return /^[a-z][a-z0-9+.:-]*:\/\/\S*$/i.test(text) ? text.replaceAll("'", '~') : text;
}

/** What the keys of connection strings, `Password=…`, authenticate with. */
export function passwordsIn(text: string): readonly string[] {
  if (!text.includes('=')) return [];
  return [...text.matchAll(PASSWORD_PAIR)].map(([, quoted, simple, plain]) => quoted ?? simple ?? plain ?? '');
}

/**
 * A scheme and what follows, up to a blank, a quotation mark, or the next URL of a list. User information may hold an
 * apostrophe, unless that ends a quoted text.
 */
const URLS =
  /(?<![a-z0-9+._-])([a-z][a-z0-9+._-]{0,40}):\/\/((?:(?:[^\s"'`<>/?#]|'(?![,\s)\]};:])){0,1000}@)?(?:(?![,;|]\s?[a-z][a-z0-9+._-]{0,40}:\/\/)[^\s"'`<>])*)/gi;
/** `user:password@` outside of a URL. */
const LOGIN = /(?<![\w.-])[^\s"'`@/,;=(:]{1,200}:[^\s"'`@]{0,200}@(?=[\w[(.-])/g;
/** What a connection string authenticates with. */
const PASSWORD_PAIR =
  /(?:password|passwd|pwd|pass|secret|token|api_?key|access_?key|accountkey)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s;&,'"]*))/gi;
const HOST_AND_PORT = /(?:^|[^\w.-])([A-Za-z0-9][\w.-]*):([1-9]\d{1,4})(?!\d)/g;
const HOST_KEY = /(?:^|[\s;,?&"'])(?:host|server|data source|addr(?:ess)?)\s*=\s*(?:tcp:)?([^\s;,&"']+)(?:,(\d+))?/gi;
const PORT_KEY = /(?:^|[\s;,?&"'])port\s*=\s*(\d{1,5})(?!\d)/i;

type Rest = Pick<Url, 'userInfo' | 'addresses' | 'hostsAt'>;

/** What stands behind the scheme. */
function readRest(rest: string): Rest {
  const end = rest.search(/[/?#\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const known = readHosts(authority, authority.lastIndexOf('@') + 1);
  // A password that should have been encoded may hold "/" and "@".
  const late = rest.lastIndexOf('@');
  if (known.addresses.length > 0 || late < authority.length) return known;
  return readHosts(rest, late + 1);
}

/** Hosts from there to where a path, a query or options begin. */
function readHosts(text: string, start: number): Rest {
  const [hosts = ''] = text.slice(start).split(/[/?#\\;]/, 1);
  return {
    userInfo: text.slice(0, Math.max(0, start - 1)),
    addresses: hosts.split(',').flatMap(readHost),
    hostsAt: { start, end: start + hosts.length },
  };
}

function readHost(text: string): readonly Address[] {
  const [, host, port] = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?:?[).\]}]*$/i.exec(text.trim()) ?? [];
  return host === undefined ? [] : addressOf(host, port);
}

function addressOf(host: string, digits: string | undefined): readonly Address[] {
  const port = digits === undefined ? undefined : Number(digits);
  return port !== undefined && (port < 1 || port > 65_535) ? [] : [{ host, port }];
}

/** One host and at most one port of a connection string, `Server=db;Port=5432`. */
function keyed(line: string): readonly Address[] {
  const hosts = [...line.matchAll(HOST_KEY)];
  const port = hosts.length === 1 ? PORT_KEY.exec(line)?.[1] : undefined;
  return hosts.flatMap(([, host = '', own]) => readHost(host).map((each) => ({ ...each, ...ported(own ?? port) })));
}

function ported(digits: string | undefined): { readonly port?: number } {
  return digits === undefined ? {} : { port: Number(digits) };
}
