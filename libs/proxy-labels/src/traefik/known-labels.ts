/** What Traefik takes at a place of the tree of labels. */
export type Known =
  | 'text'
  | 'flag'
  | 'integer'
  /** Any names, each with a text. */
  | 'texts'
  /** Texts between commas. */
  | 'list'
  /** Whatever it is: looked at by Traefik alone. */
  | 'anything'
  | Group
  /** Any names, each with the same inside. */
  | { readonly kind: 'named'; readonly inside: Known }
  /** `[0]`, `[1]`, each with the same inside. */
  | { readonly kind: 'indexed'; readonly inside: Known };

export interface Group {
  readonly kind: 'group';
  /** By their names as documented; letters of both cases are one. */
  readonly fields: Readonly<Record<string, Known>>;
  /** May stand alone, as in `tls: true`. */
  readonly mayBeEmpty: boolean;
}

function group(fields: Readonly<Record<string, Known>>, mayBeEmpty = false): Group {
  return { kind: 'group', fields, mayBeEmpty };
}

function fieldsOf<K extends Known>(known: K, names: string): Readonly<Record<string, K>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, known]));
}

const ROUTER = group({
  ...fieldsOf('list', 'entryPoints middlewares'),
  ...fieldsOf('text', 'service rule ruleSyntax'),
  priority: 'integer',
  tls: group(
    {
      ...fieldsOf('text', 'options certResolver'),
      domains: { kind: 'indexed', inside: group({ main: 'text', sans: 'list' }) },
    },
    true,
  ),
  ...fieldsOf('anything', 'observability parentRefs'),
});

const SERVICE = group({
  middlewares: 'list',
  loadBalancer: group({
    server: group({
      ...fieldsOf('text', 'url port scheme'),
      weight: 'integer',
      preservePath: 'flag',
    }),
    passHostHeader: 'flag',
    ...fieldsOf(
      'anything',
      'sticky strategy healthCheck passiveHealthCheck responseForwarding serversTransport nginxUpstreamHashBy',
    ),
  }),
  ...fieldsOf('anything', 'weighted mirroring failover highestRandomWeight'),
});

const HEADERS = group({
  ...fieldsOf('texts', 'customRequestHeaders customResponseHeaders sslProxyHeaders'),
  ...fieldsOf(
    'flag',
    'accessControlAllowCredentials addVaryHeader stsIncludeSubdomains stsPreload forceSTSHeader frameDeny contentTypeNosniff browserXssFilter isDevelopment sslRedirect sslTemporaryRedirect sslForceHost',
  ),
  ...fieldsOf('integer', 'accessControlMaxAge stsSeconds'),
  ...fieldsOf(
    'list',
    'accessControlAllowHeaders accessControlAllowMethods accessControlAllowOriginList accessControlAllowOriginListRegex accessControlExposeHeaders allowedHosts hostsProxyHeaders',
  ),
  ...fieldsOf(
    'text',
    'customFrameOptionsValue customBrowserXSSValue contentSecurityPolicy contentSecurityPolicyReportOnly publicKey referrerPolicy permissionsPolicy featurePolicy sslHost',
  ),
});

const MIDDLEWARE = group({
  addPrefix: group(fieldsOf('text', 'prefix')),
  stripPrefix: group({ prefixes: 'list', forceSlash: 'flag' }),
  replacePath: group(fieldsOf('text', 'path')),
  chain: group(fieldsOf('list', 'middlewares')),
  headers: HEADERS,
  redirectRegex: group({ ...fieldsOf('text', 'regex replacement'), permanent: 'flag' }),
  redirectScheme: group({ ...fieldsOf('text', 'scheme port'), permanent: 'flag' }),
  basicAuth: group({ users: 'list', ...fieldsOf('text', 'usersFile realm headerField'), removeHeader: 'flag' }),
  ...fieldsOf(
    'anything',
    'stripPrefixRegex replacePathRegex ipWhiteList ipAllowList encodedCharacters errors rateLimit digestAuth forwardAuth inFlightReq buffering circuitBreaker compress passTLSClientCert retry contentType grpcWeb plugin',
  ),
});

/** Those below `traefik.http`. */
const HTTP = group({
  routers: { kind: 'named', inside: ROUTER },
  services: { kind: 'named', inside: SERVICE },
  middlewares: { kind: 'named', inside: MIDDLEWARE },
  ...fieldsOf('anything', 'serversTransports models'),
});

const NETWORK = group({ network: 'text', ...fieldsOf('flag', 'lbswarm allowNonRunning') });

/** All that Traefik 2 and 3 read. */
export const TRAEFIK = group({
  enable: 'flag',
  docker: NETWORK,
  swarm: NETWORK,
  http: HTTP,
  tcp: group(fieldsOf('anything', 'routers services middlewares serversTransports models')),
  udp: group(fieldsOf('anything', 'routers services')),
  tls: 'anything',
});
