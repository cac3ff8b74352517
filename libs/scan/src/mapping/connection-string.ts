export interface ConnectionParts {
  readonly scheme: string;
  /** Raw; encoded here. An empty user with a password is legal (Redis). */
  readonly user?: string;
  readonly password?: string;
  /** `host:port` */
  readonly endpoint: string;
  /** Database name or index. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** `{scheme}://[{user}[:{password}]@]{host}:{port}[/{path}][?{query}]`, with user and password URL-encoded. */
export function connectionString(parts: ConnectionParts): string {
  const { scheme, user, password, endpoint, path, query = {} } = parts;
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  const userInfo = user === undefined && password === undefined ? '' : `${encodeURIComponent(user ?? '')}${secret}@`;
  const queryText = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${scheme}://${userInfo}${endpoint}${path === undefined ? '' : `/${path}`}${queryText === '' ? '' : `?${queryText}`}`;
}
