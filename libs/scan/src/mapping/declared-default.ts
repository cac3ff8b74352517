/** The shape of a variable's default in the Compose file; a mapped value keeps it. */
export type DeclaredDefault =
  | { readonly kind: 'none' }
  | { readonly kind: 'url'; readonly url: UrlParts }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'host-port'; readonly host: string; readonly port: number }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'other' };

export interface UrlParts {
  /** Everything before the host: `jdbc:`, scheme, user info, byte for byte. */
  readonly head: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Everything after host and port: path, database, query. */
  readonly tail: string;
}

const schemePattern = /^((?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/)(.*)$/i;
// A password may hold "@", and even "/" when it cannot be a port and a path.
const authorityPatterns = [
  /^([^/?#]*@)([^@/?#]*)(.*)$/,
  /^([^@/?#:]*:(?!\d+\/)[^@?#]*@)([^@/?#]*)(.*)$/,
  /^()([^/?#]*)(.*)$/,
];
const hostPattern = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;
const hostPortPattern = /^([a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;

export function readDefault(text: string | undefined): DeclaredDefault {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return { kind: 'none' };
  if (/^\d{1,5}$/.test(trimmed)) return { kind: 'port', port: Number(trimmed) };
  const url = readUrl(trimmed);
  if (url !== undefined) return { kind: 'url', url };
  // Of a list of brokers the first stands for all.
  const first = trimmed.split(',')[0]?.trim() ?? '';
  const hostPort = hostPortPattern.exec(first);
  if (hostPort !== null) return { kind: 'host-port', host: hostPort[1] ?? '', port: Number(hostPort[2]) };
  return hostPattern.test(trimmed) ? { kind: 'host', host: trimmed } : { kind: 'other' };
}

function readUrl(text: string): UrlParts | undefined {
  const [, prefix, scheme, rest] = schemePattern.exec(text) ?? [];
  if (prefix === undefined || scheme === undefined || rest === undefined) return undefined;
  for (const pattern of authorityPatterns) {
    const [, userInfo, authority, tail] = pattern.exec(rest) ?? [];
    if (userInfo === undefined || authority === undefined || tail === undefined) continue;
    const first = authority.split(',')[0] ?? '';
    const port = /:(\d{1,5})$/.exec(first)?.[1];
    return {
      head: prefix + userInfo,
      scheme: scheme.toLowerCase(),
      host: first.replace(/:\d{1,5}$/, ''),
      port: port === undefined ? undefined : Number(port),
      tail,
    };
  }
  return undefined;
}
