const range = (count) => Array.from({ length: count }, (_, index) => index);
const web = (name, rest = '') => `  ${name}: {image: nginx${rest}}`;
const services = (rows) => ['services:', ...rows].join('\n');
const one = (rest, more = '') => ({ 'compose.yaml': `${more}${services([web('web', `, ${rest}`)])}` });
const list = (n, make) => `[${range(n).map(make).join()}]`;
const map = (n, make) => `{${range(n).map(make).join()}}`;

/** Files of a project that has `n` of one thing, by the name of the thing; `n` is large enough that constant costs do not show. */
export const DIMENSIONS = {
  services: { n: 500, at: (n) => ({ 'compose.yaml': services(range(n).map((i) => web(`s${i}`))) }) },
  'services with dependencies': {
    n: 300,
    at: (n) => ({
      'compose.yaml': services(range(n).map((i) => web(`s${i}`, i === 0 ? '' : `, depends_on: [s${i - 1}]`))),
    }),
  },
  includes: {
    n: 200,
    at: (n) => ({
      'compose.yaml': `include: ${list(n, (i) => `i${i}.yaml`)}`,
      ...Object.fromEntries(range(n).map((i) => [`i${i}.yaml`, services([web(`s${i}`)])])),
    }),
  },
  'services that extend one': {
    n: 500,
    at: (n) => ({
      'compose.yaml': services([web('base'), ...range(n).map((i) => `  s${i}: {extends: base, user: "1"}`)]),
    }),
  },
  aliases: {
    n: 500,
    at: (n) => ({
      'compose.yaml': `x-a: &a {A: "1", B: "2"}\n${services(range(n).map((i) => web(`s${i}`, ', environment: *a')))}`,
    }),
  },
  'merge keys': {
    n: 500,
    at: (n) => ({
      'compose.yaml': `x-a: &a {image: nginx, user: "1"}\n${services(range(n).map((i) => `  s${i}: {<<: *a}`))}`,
    }),
  },
  variables: {
    n: 2_000,
    at: (n) => one(`environment: ${map(n, (i) => `V${i}: "\${A${i}:-d}"`)}`),
  },
  'nested defaults': {
    n: 1_000,
    at: (n) => one(`environment: ${map(n, (i) => `V${i}: "${'${A:-'.repeat(20)}x${'}'.repeat(20)}"`)}`),
  },
  'override files': {
    n: 100,
    at: (n) => ({
      'compose.yaml': range(n)
        .map((i) => services([web('web', `, labels: {l${i}: v}`)]))
        .join('\n---\n'),
    }),
  },
  'patches of x-k8s': {
    n: 300,
    at: (n) => {
      const patches = map(n, (i) => `Deployment/s${i}: {metadata: {annotations: {a: b}}}`);
      return { 'compose.yaml': `x-k8s: ${patches}\n${services(range(n).map((i) => web(`s${i}`)))}` };
    },
  },
  profiles: { n: 2_000, at: (n) => one(`profiles: ${list(n, (i) => `p${i}`)}`) },
  labels: { n: 2_000, at: (n) => one(`labels: ${map(n, (i) => `l${i}: v`)}`) },
  ports: { n: 1_000, at: (n) => one(`ports: ${list(n, (i) => `"${i + 1}:${i + 1}"`)}`) },
  volumes: {
    n: 500,
    at: (n) => one(`volumes: ${list(n, (i) => `"v${i}:/v${i}"`)}`, `volumes: ${map(n, (i) => `v${i}: {}`)}\n`),
  },
  secrets: {
    n: 500,
    at: (n) => one(`secrets: ${list(n, (i) => `s${i}`)}`, `secrets: ${map(n, (i) => `s${i}: {environment: S${i}}`)}\n`),
  },
};
