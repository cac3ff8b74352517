import { describe, expect, it } from '@jest/globals';
import { loadProject, MemoryFilePort } from '@ushadow/compose';
import type { KubeObject } from '@ushadow/kubernetes';
import fc from 'fast-check';
import type { Target, CompileResult } from '../src/index.ts';
import { compile } from '../src/index.ts';

function compiled(
  text: string,
  environment: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  target: Partial<Target> = {},
): CompileResult {
  const port = new MemoryFilePort({ '/p/compose.yaml': text, ...files });
  const loaded = loadProject({ files: ['/p/compose.yaml'], port, environment, workingDirectory: '/p' });
  if (loaded.project === undefined) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile({
    project: loaded.project,
    positions: loaded.positions,
    declared: loaded.declaredEnvironment,
    variables: loaded.interpolationEnvironment,
    templates: loaded.templates,
    files: port,
    target: { namespace: 'n', ...target },
  });
}

const objectOf = (result: CompileResult, kind: string, name: string): KubeObject | undefined =>
  result.objects.find((object) => object.kind === kind && object.metadata.name === name);

const PROJECT = `name: shop
services:
  db:
    image: postgres:16
    ports: ["5432"]
    command: ["postgres", "-c", "x=\${DB_PASSWORD}"]
    environment: {POSTGRES_PASSWORD: "\${DB_PASSWORD}", NOTE: "\${DB_PASSWORD}"}
    healthcheck: {test: ["CMD-SHELL", "psql -c 'x' \\"u:\${DB_PASSWORD}\\" || exit 1"]}
  api:
    image: api:1
    ports: ["8080"]
    expose: ["9090"]
    healthcheck: {test: ["CMD-SHELL", "curl -f http://localhost:8080/\${DB_PASSWORD}"]}
    environment:
      DATABASE_URL: "postgres://app:\${DB_PASSWORD}@db:6543/app?x=\${DB_PASSWORD}"
    post_start: [{command: ["sh", "-c", "login \${DB_PASSWORD}"]}]
    configs: [settings]
    volumes: ["./app.ini:/etc/app.ini:ro"]
  web:
    image: web:1
    environment: {API: "http://api:7070/", QUEUE_URL: "amqp://guest:LITERAL@queue:5672", OTHER: "host=db"}
  queue: {image: "rabbitmq:3", ports: ["15672"]}
configs: {settings: {content: "password \${DB_PASSWORD}"}}
`;

/** Everything but what Secrets hold, and the digests of it. */
function withoutSecrets({ objects, diagnostics }: CompileResult): string {
  const open = objects.map((object) =>
    object.kind === 'Secret' ? { ...object, data: Object.keys((object['data'] ?? {}) as object) } : object,
  );
  return JSON.stringify([open, diagnostics]).replace(/"ushadow.io\/(config|dependency)-checksum":"[0-9a-f]+"/g, '""');
}

describe('a secret', () => {
  const secret = fc
    .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 30 })
    .filter((text) => /\d/.test(text) && /[a-z]/i.test(text) && text.trim() === text && !text.includes('$'));
  const withLiteral = (literal: string): string => PROJECT.replace('LITERAL', encodeURIComponent(literal));

  it('decides nothing: projects that differ in secrets alone differ in Secrets and keyed digests alone', () => {
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        const of = (value: string, target: Partial<Target>): CompileResult =>
          compiled(withLiteral(value), { DB_PASSWORD: value }, { '/p/app.ini': `p = ${value}` }, target);
        for (const target of [{}, { checksumKey: 'k'.repeat(32) }]) {
          expect(withoutSecrets(of(one, target))).toBe(withoutSecrets(of(other, target)));
        }
      }),
      { numRuns: 60 },
    );
  });

  const value = 'S3cret-web:8080';
  const result = compiled(PROJECT, { DB_PASSWORD: value }, { '/p/app.ini': `p = ${value}` });

  it('is read from a variable of the container, which is the one that has it, or an added one', () => {
    const text = JSON.stringify(objectOf(result, 'Deployment', 'db'));
    expect(text).toContain('"x=$(NOTE)"');
    expect(text).toContain('"psql -c \'x\' \\"u:${NOTE}\\" || exit 1"');
    const api = JSON.stringify(objectOf(result, 'Deployment', 'api'));
    expect(api).toContain('curl -f http://localhost:8080/\\"${USHADOW_DB_PASSWORD}\\"');
    expect(api).toContain('login \\"${USHADOW_DB_PASSWORD}\\"');
    expect(objectOf(result, 'Secret', 'api-secrets')?.['data']).toMatchObject({
      USHADOW_DB_PASSWORD: Buffer.from(value).toString('base64'),
    });
  });

  it('makes a Secret of a file and of a config that hold it', () => {
    const kinds = result.objects.filter(({ metadata }) => /settings|app-ini/.test(metadata.name));
    expect(kinds.map(({ kind }) => kind)).toEqual(['Secret', 'Secret']);
    const open = result.objects.filter(({ kind }) => kind !== 'Secret');
    expect(JSON.stringify([open, result.diagnostics])).not.toContain(value);
  });

  it('leaves the rest of an address to be read: its host and its port', () => {
    const ports = (objectOf(result, 'Service', 'db') as { spec?: { ports?: { port: number }[] } } | undefined)?.spec;
    expect(ports?.ports?.map(({ port }) => port)).toEqual([5432, 6543]);
    const queue = (objectOf(result, 'Service', 'queue') as { spec?: { ports?: { port: number }[] } } | undefined)?.spec;
    expect(queue?.ports?.map(({ port }) => port)).toEqual([15_672, 5672]);
    const web = (objectOf(result, 'Service', 'web') as { spec?: { ports?: unknown } } | undefined)?.spec;
    expect(web?.ports).toBeUndefined();
  });

  it('is no reason to hide what a service is called', () => {
    const text = `name: s
services:
  my-app1:
    image: a
    environment: {APP_PASSWORD: my-app1}
  web:
    image: b
    command: ["--to", "http://my-app1:8080"]
    environment: {PEER: "http://my-app1:9090"}
    labels: {kompose.service.expose: my-app1.example.com}
    ports: ["80"]
`;
    const found = compiled(text, {});
    expect(found.diagnostics.map(({ code }) => code)).not.toContain('CMP1103');
    expect(objectOf(found, 'ConfigMap', 'web-config')?.['data']).toEqual({ PEER: 'http://my-app1:9090' });
    const service = objectOf(found, 'Service', 'my-app1') as { spec?: { ports?: { port: number }[] } } | undefined;
    expect(service?.spec?.ports?.map(({ port }) => port)).toEqual([8080, 9090]);
    expect(objectOf(found, 'Secret', 'my-app1-secrets')?.['data']).toHaveProperty('APP_PASSWORD');
  });

  it('is hidden as well in what a service takes over from another, whatever word it is', () => {
    const text = `name: s
services:
  a: {image: a, command: "run --pw \${PW_PASSWORD} --x", healthcheck: {test: "check \${PW_PASSWORD}"}}
  b: {extends: {service: a}}
  c: {extends: {file: base.yaml, service: d}}
`;
    const base = 'services: {d: {image: d, command: ["--pw=${PW_PASSWORD}", "x"]}}\n';
    const found = compiled(text, { PW_PASSWORD: 'word' }, { '/p/base.yaml': base });
    const open = found.objects.filter(({ kind }) => kind !== 'Secret');
    expect(JSON.stringify(open)).not.toContain('word');
    expect(JSON.stringify(objectOf(found, 'Deployment', 'c'))).toContain('--pw=$(USHADOW_PW_PASSWORD)');
  });

  it('is hidden where it is the default of a variable and any word, and hides no host of that name', () => {
    const text = `name: s
services:
  postgres: {image: db, command: "serve --pw \${DB_PASSWORD:-postgres}"}
  a: {image: a, command: "run postgres://postgres:\${DB_PASSWORD:-postgres}@postgres:6543/x"}
`;
    for (const environment of [{}, { DB_PASSWORD: 'postgres' }]) {
      const found = compiled(text, environment);
      expect(JSON.stringify(objectOf(found, 'Deployment', 'postgres'))).toContain('"--pw","$(USHADOW_DB_PASSWORD)"');
      expect(JSON.stringify(objectOf(found, 'Deployment', 'a'))).toContain('$(USHADOW_DB_PASSWORD)@postgres:6543/x');
      const service = objectOf(found, 'Service', 'postgres') as { spec?: { ports?: { port: number }[] } } | undefined;
      expect(service?.spec?.ports?.map(({ port }) => port)).toEqual([6543]);
    }
  });

  it('is not read from a variable to which a step or a hook gives another value', () => {
    const text = `name: s
services:
  a:
    image: a
    environment: {API_KEY: s3cret-1}
    command: ["--key", "s3cret-1"]
    pre_start: [{command: ["migrate", "s3cret-1"], environment: {API_KEY: other}}]
    post_start: [{command: ["sh", "-c", "call s3cret-1"], environment: {API_KEY: other}}]
`;
    const pod = JSON.stringify(objectOf(compiled(text, {}), 'Deployment', 'a'));
    expect(pod).toContain('["migrate","$(USHADOW_API_KEY)"]');
    expect(pod).toMatch(/API_KEY=other sh -c 'call \\"\$\{USHADOW_API_KEY\}/);
    expect(pod).not.toMatch(/\$[({]API_KEY/);
  });

  it('is not read by a shell from a variable whose name no shell knows', () => {
    const text = `name: s
services:
  a:
    image: a
    environment: {db.api-key: s3cret-1}
    healthcheck: {test: "check s3cret-1"}
`;
    expect(JSON.stringify(objectOf(compiled(text, {}), 'Deployment', 'a'))).toContain(
      'check \\"${USHADOW_DB_API_KEY}\\"',
    );
  });

  it.each([
    ['users: {me: "$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/"}', 'Secret'],
    ['-----BEGIN EC PRIVATE KEY-----', 'Secret'],
    ['listen: 8080', 'ConfigMap'],
  ])('makes what it has to of a mounted file with %j', (content, kind) => {
    const text = 'name: s\nservices: {a: {image: a, volumes: ["./conf.yml:/conf.yml:ro"]}}\n';
    const found = compiled(text, {}, { '/p/conf.yml': content });
    expect(found.objects.find(({ metadata }) => metadata.name.startsWith('a-files'))?.kind).toBe(kind);
  });

  it('is said where everybody who may read an object sees it, by its name alone', () => {
    const text = `name: s
services:
  a:
    image: redis:7
    healthcheck: {test: ["CMD", "redis-cli", "-a", "\${PW_PASSWORD}", "ping"]}
    annotations: {x: "admin:\${PW_PASSWORD}"}
  b: {image: b, command: "run word \${PW_PASSWORD}"}
`;
    const found = compiled(text, { PW_PASSWORD: 'word' }).diagnostics.filter(({ code }) => code === 'CMP0440');
    expect(found.map(({ path, severity }) => `${severity} ${path}`)).toEqual([
      'warning /services/a/healthcheck',
      'warning /services/a/annotations/x',
    ]);
    expect(found.every(({ message }) => message.includes('PW_PASSWORD'))).toBe(true);
  });
});

describe('the digest of the configuration', () => {
  const text = 'name: s\nservices: {a: {image: i, environment: {B: "1", DB_PASSWORD: "${P}"}}}\n';
  const digest = (password: string, checksumKey?: string): string | undefined =>
    /config-checksum":"(\w+)"/.exec(
      JSON.stringify(compiled(text, { P: password }, {}, checksumKey === undefined ? {} : { checksumKey }).objects),
    )?.[1];

  it('without a key tells nothing of a secret', () => {
    expect(digest('one')).toBeDefined();
    expect(digest('one')).toBe(digest('two'));
  });

  it('with a key follows secrets, and is another with another key', () => {
    const [key, other] = ['k'.repeat(32), 'o'.repeat(32)];
    expect(digest('one', key)).toBe(digest('one', key));
    expect(digest('one', key)).not.toBe(digest('two', key));
    expect(digest('one', key)).not.toBe(digest('one', other));
  });
});
