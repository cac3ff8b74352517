type Files = Readonly<Record<string, string>>;

/** A project that grows in one dimension, and the size at which twice of it is just within the limits. */
export interface Growing {
  readonly size: number;
  readonly at: (size: number) => Files;
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const list = (size: number, item: (i: number) => string): string => `[${range(size).map(item).join(', ')}]`;
const map = (size: number, item: (i: number) => string): string => `{${range(size).map(item).join(', ')}}`;
const compose = (text: string, more: Files = {}): Files => ({ 'compose.yaml': text, ...more });
const files = (size: number, name: (i: number) => string, text: (i: number) => string): Files =>
  Object.fromEntries(range(size).map((i) => [name(i), text(i)]));
const services = (size: number, rest: (i: number) => string): string =>
  ['services:', ...range(size).map((i) => `  s${i}: {image: nginx${rest(i)}}`)].join('\n');
const web = (rest: string, top = ''): string => `${top}\nservices:\n  web: {image: nginx, ${rest}}`;

const many = (rest: (i: number, size: number) => string, top: (size: number) => string = () => ''): Growing => ({
  size: 300,
  at: (size) => compose(`${top(size)}\n${services(size, (i) => rest(i, size))}`),
});
const one = (size: number, rest: (size: number) => string, top: (size: number) => string = () => ''): Growing => ({
  size,
  at: (count) => compose(web(rest(count), top(count))),
});
const secret = (i: number): string => `hidden-${i * 7919}-word`;

/** Every dimension of what somebody can hand in. */
export const GROWING: Readonly<Record<string, Growing>> = {
  'env files': {
    size: 200,
    at: (n) =>
      compose(
        web(`env_file: ${list(n, (i) => `e${i}.env`)}`),
        files(
          n,
          (i) => `e${i}.env`,
          (i) => `A${i}=1\nB${i}=$A${i}`,
        ),
      ),
  },
  'files of configs': {
    size: 150,
    at: (n) =>
      compose(
        web(`configs: ${list(n, (i) => `c${i}`)}`, `configs: ${map(n, (i) => `c${i}: {file: ./f${i}}`)}`),
        files(
          n,
          (i) => `f${i}`,
          (i) => `text ${i} `.repeat(50),
        ),
      ),
  },
  includes: {
    size: 90,
    at: (n) =>
      compose(
        `include: ${list(n, (i) => `i${i}.yaml`)}`,
        files(
          n,
          (i) => `i${i}.yaml`,
          (i) => services(4, (k) => `, environment: {A: "$B${i}"}`.replace('A:', `A${k}:`)).replaceAll(' s', ` i${i}s`),
        ),
      ),
  },
  'includes of one file': {
    size: 90,
    at: (n) => compose(`include: ${list(n, () => 'i.yaml')}`, { 'i.yaml': services(30, () => ', user: "$A"') }),
  },
  'depth of includes': {
    size: 20,
    at: (n) =>
      compose(
        'include: [d0/c.yaml]',
        files(
          n,
          (i) => `d${i}/c.yaml`,
          (i) =>
            `${i + 1 < n ? `include: [../d${i + 1}/c.yaml]\n` : ''}services:\n${range(20)
              .map((k) => `  s${i}x${k}: {image: nginx}`)
              .join('\n')}`,
        ),
      ),
  },
  'services that extend one': many((i) =>
    i === 0 ? ', environment: {A: "1", B: "$X"}' : `, extends: {service: s0}, environment: {E${i}: x}`,
  ),
  'services that extend each other': many(
    (i) => `, environment: {E${i}: x}${i === 0 ? '' : `, extends: {service: s${Math.floor((i - 1) / 2)}}`}`,
  ),
  aliases: many(
    () => ', environment: *a',
    () => 'x-a: &a {A: "$X", B: b}',
  ),
  'merge keys': many(
    () => ', <<: *a',
    () => 'x-a: &a {user: u, labels: {a: b}}',
  ),
  services: many(() => ''),
  'services that know each other': many(
    (i, size) =>
      `, environment: {URL: "http://s${(i + 1) % size}:80/$A", PASSWORD: "${secret(i)}", C${i}: "$C${i}"}, volumes: ["v${i % 50}:/v"], ports: ["${i + 1}:80"], depends_on: [${i === 0 ? '' : `s${i - 1}`}]`,
    () => `volumes: ${map(50, (i) => `v${i}: {}`)}`,
  ),
  'services that wait for many': many(
    (i) => `, depends_on: [${[...new Set(range(Math.min(i, 15)).map((k) => `s${(i * 31 + k * 17) % i}`))].join()}]`,
  ),
  'services with defaults': many((i) => `, environment: {A: "\${A:-${i}}", P: "\${PASSWORD:-${secret(i)}}"}`),
  'services with secrets': many((i) => `, environment: {PASSWORD_${i}: "${secret(i)}"}`),
  'names of services': many(
    (i, size) =>
      `, hostname: h${i}, container_name: c${i}, networks: {default: {aliases: [a${i}, b]}}, links: [${i === 0 ? '' : `"s${i - 1}:l${i}"`}], environment: {URL: "http://a${(i * 7) % size}:80"}`,
  ),
  'volumes of services': many(
    (i) => `, volumes: ["v${i}:/v", "all:/all"]`,
    (size) =>
      `volumes: {all: {}, ${range(size)
        .map((i) => `v${i}: {}`)
        .join()}}`,
  ),
  'networks of services': many(
    (i, size) => `, networks: [n${i}, n${(i + 1) % size}]`,
    (size) => `networks: ${map(size, (i) => `n${i}: {}`)}`,
  ),
  'configs of services': many(
    (i) => `, configs: [c${i}]`,
    (size) => `configs: ${map(size, (i) => `c${i}: {content: "t $A${i}"}`)}`,
  ),
  'secrets of services': many(
    (i) => `, secrets: [c${i}]`,
    (size) => `secrets: ${map(size, (i) => `c${i}: {environment: "A${i}"}`)}`,
  ),
  'services of one pod': many((i) => (i === 0 ? '' : `, network_mode: "service:s0", ports: ["${i}:${i}"]`)),
  'health checks': many(
    (i) =>
      `, healthcheck: {test: "curl -f http://localhost:80/h || exit 1"}, depends_on: ${i === 0 ? '{}' : `{s${i - 1}: {condition: service_healthy}}`}`,
  ),
  profiles: many((i) => (i === 0 ? '' : `, profiles: [p${i}]`)),
  'variables of a service': one(1_500, (n) => `environment: ${map(n, (i) => `V${i}: "\${A${i}:-$B}"`)}`),
  'variables with values': {
    size: 1_500,
    at: (n) =>
      compose(web(`environment: ${map(n, (i) => `V_PASSWORD${i}: "$A${i}"`)}`), {
        '.env': range(n)
          .map((i) => `A${i}=${secret(i)}`)
          .join('\n'),
      }),
  },
  'secrets in other values': one(
    700,
    (n) =>
      `environment: {${range(n)
        .map((i) => `PASSWORD_${i}: "${secret(i)}", U${i}: "http://u:${secret(i)}@h/"`)
        .join(', ')}}`,
  ),
  'variables of one text': one(
    2_000,
    (n) =>
      `user: "${range(n)
        .map((i) => `$A${i}`)
        .join('')}"`,
  ),
  'uses of one variable': one(2_000, (n) => `labels: ${map(n, (i) => `l${i}: "$A"`)}`),
  'lines of an env file': {
    size: 1_500,
    at: (n) =>
      compose(web('env_file: a.env'), {
        'a.env': range(n)
          .map((i) => `V${i}=$B${i}x`)
          .join('\n'),
      }),
  },
  'nesting of variables': one(
    18,
    (n) => `labels: ${map(200, (i) => `l${i}: "${'${A:-'.repeat(n)}x${'}'.repeat(n)}"`)}`,
  ),
  resets: {
    size: 300,
    at: (n) =>
      compose(
        `${services(n, () => ', labels: {a: b}')}\n---\nservices:\n${range(n)
          .map((i) => `  s${i}: {labels: !reset null}`)
          .join('\n')}`,
      ),
  },
  patches: one(
    500,
    (n) => `x-k8s: {Deployment: ${list(n, (i) => `{op: add, path: /metadata/labels/l${i}, value: v}`)}}`,
  ),
  'patches of services': many(
    (i) =>
      `, x-k8s: {Deployment: {metadata: {annotations: {a: "${i}"}}}, Service: [{op: add, path: /metadata/labels/l, value: v}]}, ports: ["80"]`,
  ),
  labels: one(2_000, (n) => `labels: ${map(n, (i) => `l${i}: v`)}`),
  ports: one(1_000, (n) => `ports: ${list(n, (i) => `"${i + 1}:${i + 1}"`)}`),
  'a range of ports': one(6_000, (n) => `ports: ["1-${n}:1-${n}"]`),
  'volumes of a service': one(
    500,
    (n) => `volumes: ${list(n, (i) => `"v${i}:/v${i}"`)}`,
    (n) => `volumes: ${map(n, (i) => `v${i}: {}`)}`,
  ),
  'networks of a service': one(
    500,
    (n) => `networks: ${map(n, (i) => `n${i}: {aliases: [a${i}]}`)}`,
    (n) => `networks: ${map(n, (i) => `n${i}: {}`)}`,
  ),
  'configs of a service': one(
    500,
    (n) => `configs: ${list(n, (i) => `s${i}`)}`,
    (n) => `configs: ${map(n, (i) => `s${i}: {content: "$A${i} x"}`)}`,
  ),
  'words of a command': one(2_000, (n) => `command: ${list(n, (i) => `"$A${i}"`)}`),
  'an extension': one(
    2_000,
    () => 'user: u',
    (n) => `x-a: ${list(n, (i) => `{a: "$A${i}"}`)}`,
  ),
  'a long text': one(50_000, (n) => `environment: {PASSWORD: "${'x:/@'.repeat(n)}"}, command: "${'a '.repeat(n)}"`),
};
