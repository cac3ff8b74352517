const range = (count) => Array.from({ length: count }, (_, index) => index);
const R = 'traefik.http.routers';
const S = 'traefik.http.services';
const M = 'traefik.http.middlewares';

const entries = (place, pairs) => pairs.map(([key, value]) => ({ key, value, path: `${place}/${key}` }));
const service = (name, labels, environment = []) => ({
  name,
  image: 'app:1',
  command: [],
  labels: entries(`/services/${name}/labels`, labels),
  environment: entries(`/services/${name}/environment`, environment),
  mounts: [],
});
const router = (i, rule = `Host(\`h${i}.example.org\`) && PathPrefix(\`/api\`)`) => [
  [`${R}.r${i}.rule`, rule],
  [`${R}.r${i}.entrypoints`, 'websecure'],
  [`${R}.r${i}.tls.certresolver`, 'le'],
];

/** Services with n routers, by what is many; `n` where the usual number would take long. */
export const LABELS = {
  'of one service': {
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) => router(i)),
      ),
    ],
  },
  'of as many services': {
    at: (n) => range(n).map((i) => service(`s${i}`, [...router(i), [`${S}.s${i}.loadbalancer.server.port`, '80']])),
  },
  'with a middleware each': {
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) => [
          ...router(i),
          [`${R}.r${i}.middlewares`, `m${i}`],
          [`${M}.m${i}.stripprefix.prefixes`, '/api'],
        ]),
      ),
    ],
  },
  'with a chain of 64': {
    at: (n) => [
      service('web', [
        ...range(n).flatMap((i) => [...router(i), [`${R}.r${i}.middlewares`, 'all']]),
        [
          `${M}.all.chain.middlewares`,
          range(64)
            .map(() => 'm')
            .join(),
        ],
        [`${M}.m.addprefix.prefix`, '/x'],
      ]),
    ],
  },
  'with one rule': {
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) => router(i, 'Host(`a.org`)')),
      ),
    ],
  },
  'of one name': { at: (n) => range(n).map((i) => service(`s${i}`, [[`${R}.r.rule`, `Host(\`h${i}.org\`)`]])) },
  'that lead to one service': {
    at: (n) => [
      service('web', [
        ...range(n).flatMap((i) => [...router(i), [`${R}.r${i}.service`, 'one']]),
        [`${S}.one.loadbalancer.server.port`, '80'],
      ]),
    ],
  },
  'with a service each, in one': {
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) => [
          ...router(i),
          [`${R}.r${i}.service`, `s${i}`],
          [`${S}.s${i}.loadbalancer.server.port`, '80'],
        ]),
      ),
    ],
  },
  'that name no service of many': {
    n: 1_000,
    at: (n) => [
      service('web', [
        ...range(n).flatMap((i) => router(i)),
        ...range(n).map((i) => [`${S}.s${i}.loadbalancer.server.port`, '80']),
      ]),
    ],
  },
  'that are misspelt': {
    at: (n) => [
      service(
        'web',
        range(n).map((i) => [`${R}.r${i}.entrypont`, 'web']),
      ),
    ],
  },
  'that cannot be read': {
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) => router(i, '('.repeat(200))),
      ),
    ],
  },
  'with rules of 8 KiB': {
    n: 200,
    at: (n) => [
      service(
        'web',
        range(n).flatMap((i) =>
          router(
            i,
            `Host(\`h${i}.org\`) && (${range(250)
              .map((j) => `Path(\`/${'p'.repeat(18)}${j}\`)`)
              .join('||')})`,
          ),
        ),
      ),
    ],
  },
  'of Caddy': {
    at: (n) =>
      range(n).map((i) =>
        service(`s${i}`, [
          ['caddy', `h${i}.example.org`],
          ['caddy.reverse_proxy', '{{upstreams 80}}'],
        ]),
      ),
  },
  'of nginx-proxy': {
    at: (n) =>
      range(n).map((i) =>
        service(
          `s${i}`,
          [],
          [
            ['VIRTUAL_HOST', `h${i}.example.org`],
            ['LETSENCRYPT_HOST', `h${i}.example.org`],
          ],
        ),
      ),
  },
};
