import { describe, expect, it } from '@jest/globals';
import { compiled, coolify, fixedBytes, said } from './imported.ts';

const service = (...lines: readonly string[]): string =>
  ['services:', '  web:', '    image: nginx', ...lines.map((line) => `    ${line}`), ''].join('\n');

describe('magic variables of Coolify', () => {
  it.each([
    ['SERVICE_PASSWORD_DB', /^[A-Za-z0-9]{32}$/, true],
    ['SERVICE_PASSWORD_64_DB', /^[A-Za-z0-9]{64}$/, true],
    ['SERVICE_PASSWORDWITHSYMBOLS_DB', /^(?=.*[!*._~-])[A-Za-z0-9!*._~-]{32}$/, true],
    ['SERVICE_PASSWORDWITHSYMBOLS_64_DB', /^(?=.*[!*._~-])[A-Za-z0-9!*._~-]{64}$/, true],
    ['SERVICE_PASSWORD_WITHSYMBOLS_DB', /^(?=.*[!*._~-]).{32}$/, true],
    ['SERVICE_BASE64_KEY', /^[A-Za-z0-9]{32}$/, true],
    ['SERVICE_BASE64_64_KEY', /^[A-Za-z0-9]{64}$/, true],
    ['SERVICE_BASE64_128_KEY', /^[A-Za-z0-9]{128}$/, true],
    ['SERVICE_REALBASE64_KEY', /^[A-Za-z0-9+/]{43}=$/, true],
    ['SERVICE_REALBASE64_64_KEY', /^[A-Za-z0-9+/]{86}==$/, true],
    ['SERVICE_HEX_32_KEY', /^[0-9a-f]{32}$/, true],
    ['SERVICE_HEX_64_KEY', /^[0-9a-f]{64}$/, true],
    ['SERVICE_USER_DB', /^[a-z][a-z0-9]{15}$/, false],
    ['SERVICE_LOWERCASEUSER_DB', /^[a-z][a-z0-9]{15}$/, false],
  ])('%s is generated in its form', (name, form, secret) => {
    const { values, findings } = coolify(service('environment:', `  - A=\${${name}}`, `  - B=$${name}`));
    expect(findings).toEqual([]);
    expect(values).toEqual([{ name, value: expect.stringMatching(form), secret, generated: true, path: 'demo.yaml' }]);
  });

  it('has one value for each name, whatever service asks for it, and another one for another name', () => {
    const text = `services:
  web: {image: nginx, environment: {DB: "postgres://$SERVICE_USER_DB:\${SERVICE_PASSWORD_DB}@db/\${SERVICE_PASSWORD_64_DB}"}}
  db: {image: postgres, environment: {POSTGRES_PASSWORD: "\${SERVICE_PASSWORD_DB:-x}"}}
`;
    const result = coolify(text);
    expect(result.values.map(({ name }) => name)).toEqual([
      'SERVICE_USER_DB',
      'SERVICE_PASSWORD_DB',
      'SERVICE_PASSWORD_64_DB',
    ]);
    const [user, password, other] = result.values.map(({ value }) => value);
    expect(new Set([user, password, other]).size).toBe(3);
    const { services } = compiled(result);
    expect(services['web']?.environment).toEqual({ DB: `postgres://${user}:${password}@db/${other}` });
    expect(services['db']?.environment).toEqual({ POSTGRES_PASSWORD: password });
  });

  it('signs tokens with the password they are checked with', () => {
    const { values, findings } = coolify(
      service('environment:', '  ANON: ${SERVICE_SUPABASEANON_KEY}', '  KEY: ${SERVICE_PASSWORD_JWT}'),
    );
    const token = values.find(({ name }) => name === 'SERVICE_SUPABASEANON_KEY')?.value ?? '';
    expect(JSON.parse(atob(token.split('.')[1] ?? ''))).toMatchObject({ role: 'anon', iat: 1_767_225_600 });
    expect(findings).toEqual([]);
  });

  it('SERVICE_NAME_X is the name of the service', () => {
    const { values } = coolify(
      'services:\n  my-db: {image: a, environment: ["H=$SERVICE_NAME_MYDB", "O=$SERVICE_NAME_OTHER"]}',
    );
    expect(values.map(({ value }) => value)).toEqual(['my-db', 'other']);
  });

  it('is generated where a secret alone is made of it', () => {
    const text = `${service('secrets: [token]')}secrets: {token: {environment: SERVICE_PASSWORD_TOKEN}}\n`;
    const result = coolify(text);
    expect(result.values).toMatchObject([{ name: 'SERVICE_PASSWORD_TOKEN', secret: true, generated: true }]);
    expect(compiled(result).diagnostics.map(({ code }) => code)).not.toContain('CMP0923');
  });

  it('reads names with hyphens, which Compose takes for defaults', () => {
    const result = coolify(service('environment:', '  - SERVICE_URL_MY-APP_3000', '  - A=${SERVICE_HEX_32_MY-KEY}'));
    expect(said(result)).toEqual([
      'info TPL0308: Variables whose names Compose cannot read have "_" for "-": SERVICE_URL_MY-APP_3000, SERVICE_HEX_32_MY-KEY.',
    ]);
    expect(result.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 3000 }]);
    expect(compiled(result).services['web']?.environment).toMatchObject({ A: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('leaves other variables alone', () => {
    const { values } = coolify(
      service('environment: ["A=${SERVICE_ANTHROPIC_API_KEY:-none}", "SERVICE_URL=x", "B=$$SERVICE_USER_A"]'),
    );
    expect(values).toEqual([]);
  });

  it('gives the same values for the same random bytes, and others for others', () => {
    const text = service('environment: ["A=$SERVICE_PASSWORD_A"]');
    const value = (seed: string) => coolify(text, { randomBytes: fixedBytes(seed) }).values[0]?.value;
    expect(value('a')).toBe(value('a'));
    expect(value('a')).not.toBe(value('b'));
  });
});

describe('public services of Coolify', () => {
  const addresses = (text: string) => coolify(text).public;

  it.each(['- SERVICE_URL_WEB_3000', '- SERVICE_FQDN_WEB_3000', 'SERVICE_URL_WEB_3000:', '- SERVICE_URL_APP_3000'])(
    '%s names the service it stands in, and its port',
    (line) => {
      expect(addresses(service('environment:', `  ${line}`))).toEqual([
        { service: 'web', host: 'shop.example.org', port: 3000 },
      ]);
    },
  );

  it('an address is that of the domain, without the port of the container', () => {
    const result = coolify(
      service('environment:', '  - SERVICE_URL_WEB_3000', '  - A=${SERVICE_URL_WEB}', '  - B=${SERVICE_FQDN_WEB_3000}'),
    );
    expect(compiled(result).services['web']?.environment).toEqual({
      SERVICE_URL_WEB_3000: 'https://shop.example.org',
      A: 'https://shop.example.org',
      B: 'shop.example.org',
    });
    expect(result.files['.env']).toContain('SERVICE_URL_WEB_3000=https://shop.example.org\n');
  });

  it.each([['- SERVICE_URL_API_80=/v1'], ["SERVICE_URL_API_80: '/v1'"], ['- "SERVICE_URL_API_80=/v1"']])(
    '%s has a path',
    (line) => {
      const result = coolify(service('environment:', `  ${line}`));
      expect(result.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 80, path: '/v1', strip: true }]);
      expect(compiled(result).services['web']?.environment).toEqual({
        SERVICE_URL_API_80: 'https://shop.example.org/v1',
      });
    },
  );

  it('services of one name share its host where their paths differ, and else have hosts of their own', () => {
    expect(
      addresses(`services:
  app: {image: a, environment: [SERVICE_URL_APP_80=/]}
  live: {image: a, environment: [SERVICE_URL_APP_81=/live]}
  other: {image: a, environment: [SERVICE_URL_APP_82]}
`),
    ).toEqual([
      { service: 'app', host: 'shop.example.org', port: 80 },
      { service: 'live', host: 'shop.example.org', port: 81, path: '/live', strip: true },
      { service: 'other', host: 'other.shop.example.org', port: 82 },
    ]);
  });

  it('the path is taken off, but for services of Appwrite', () => {
    const path = (image: string): unknown =>
      addresses(`services: {web: {image: ${image}, environment: [SERVICE_URL_WEB_80=/api]}}`)[0];
    expect(path('ghcr.io/acme/api:1')).toMatchObject({ path: '/api', strip: true });
    expect(path('appwrite/console:6')).not.toHaveProperty('strip');
  });

  it('programs with several addresses have them by variables of their own', () => {
    const result = coolify(`services:
  app: {image: a, environment: [SERVICE_URL_APP_80, "S3=$MINIO_SERVER_URL"]}
  minio:
    image: ghcr.io/coollabsio/minio:RELEASE.2025
    environment: [MINIO_SERVER_URL=$MINIO_SERVER_URL, MINIO_BROWSER_REDIRECT_URL=$MINIO_BROWSER_REDIRECT_URL]
`);
    expect(result.public).toEqual([
      { service: 'app', host: 'shop.example.org', port: 80 },
      { service: 'minio', host: 'console.shop.example.org', port: 9001 },
      { service: 'minio', host: 'minio.shop.example.org', port: 9000 },
    ]);
    expect(compiled(result).services['app']?.environment).toMatchObject({ S3: 'https://minio.shop.example.org' });
    expect(said(result)).toEqual([]);
    const alone = coolify(`services:
  logto:
    image: svhd/logto:\${TAG-latest}
    environment: [SERVICE_URL_LOGTO, ENDPOINT=$LOGTO_ENDPOINT, ADMIN_ENDPOINT=$LOGTO_ADMIN_ENDPOINT]
`);
    expect(alone.public).toEqual([
      { service: 'logto', host: 'shop.example.org', port: 3001 },
      { service: 'logto', host: 'logto-admin.shop.example.org', port: 3002 },
    ]);
    expect(compiled(alone).services['logto']?.environment).toEqual({
      SERVICE_URL_LOGTO: 'https://shop.example.org',
      ENDPOINT: 'https://shop.example.org',
      ADMIN_ENDPOINT: 'https://logto-admin.shop.example.org',
    });
  });

  it('programs whose addresses the template gives have no others', () => {
    const text =
      'services: {minio: {image: minio/minio, environment: ["MINIO_SERVER_URL=${MINIO_SERVER_URL:-http://minio:9000}"]}}';
    expect(addresses(text)).toEqual([]);
  });

  it('what refers to the address of another service makes none', () => {
    const text = `services:
  app: {image: a, environment: [SERVICE_URL_APP_80, "API=\${SERVICE_URL_APP_81}"]}
  api: {image: a, environment: [SERVICE_URL_APP_81=/api]}
`;
    expect(addresses(text).map(({ service, port }) => [service, port])).toEqual([
      ['app', 80],
      ['api', 81],
    ]);
  });

  it('an environment that several services share makes one of them public', () => {
    const text = `x-env: &env
  SERVICE_URL_APP_80:
services:
  worker: {image: a, environment: {<<: *env}}
  app: {image: a, environment: {<<: *env}}
`;
    expect(addresses(text)).toEqual([{ service: 'app', host: 'shop.example.org', port: 80 }]);
  });

  it('the header says which one is the main one', () => {
    const text =
      '# port: 82\nservices:\n  a: {image: a, environment: [SERVICE_URL_A_81]}\n  b: {image: a, environment: [SERVICE_URL_B_82]}\n';
    expect(addresses(text)).toEqual([
      { service: 'b', host: 'shop.example.org', port: 82 },
      { service: 'a', host: 'a.shop.example.org', port: 81 },
    ]);
  });

  it('takes the port of the header, else the one that the service says it listens at', () => {
    expect(addresses(`# port: 3000\n${service('environment: [SERVICE_URL_WEB]')}`)).toMatchObject([{ port: 3000 }]);
    expect(addresses(service('environment: [SERVICE_URL_WEB]', 'expose: [8080]'))).toMatchObject([{ port: 8080 }]);
    expect(addresses(service('environment: [SERVICE_URL_WEB]', 'ports: ["80:8081"]'))).toMatchObject([{ port: 8081 }]);
    expect(
      addresses(
        service('environment: [SERVICE_URL_WEB]', 'healthcheck: {test: ["CMD", "curl", "http://localhost:8082/"]}'),
      ),
    ).toMatchObject([{ port: 8082 }]);
    expect(
      addresses(service('environment: [SERVICE_URL_WEB]', 'healthcheck: {test: curl -f http://127.0.0.1 || exit 1}')),
    ).toMatchObject([{ port: 80 }]);
    const open = coolify(service('environment: [SERVICE_URL_WEB]'));
    expect(open.public).toEqual([{ service: 'web', host: 'shop.example.org' }]);
    expect(said(open)).toEqual(['info TPL0206: The template does not name the port of web; its image decides.']);
  });

  it('a header that lies is a finding', () => {
    const lying = coolify(`# slogan: x\n# port: 9999\n${service('environment: [SERVICE_URL_WEB_3000]')}`);
    expect(said(lying)).toEqual(['warning TPL0205 demo.yaml:2:1: The header names port 9999, which no service has.']);
    expect(lying.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 3000 }]);
  });

  it('without a domain a placeholder stands in its place, and is said', () => {
    const result = coolify(service('environment: [SERVICE_URL_WEB_3000]'), { domain: undefined as never });
    expect(result.public).toEqual([{ service: 'web', host: 'demo.example.com', port: 3000 }]);
    expect(said(result)).toEqual([
      'warning TPL0204: No domain is given; demo.example.com stands in its place, which leads nowhere.',
    ]);
  });
});

describe('what Coolify supplies', () => {
  it('declares volumes and networks, and says which', () => {
    const result = coolify(service('volumes: ["data:/data", "./x:/x", "/y:/y", "${V:-more}:/z"]', 'networks: [back]'));
    expect(said(result)).toEqual([
      'info TPL0301: Volumes that are not declared are: data, more.',
      'info TPL0302: Networks that are not declared are: back.',
    ]);
    expect(result.files['compose.override.yaml']).toBe('volumes:\n  data: {}\n  more: {}\nnetworks:\n  back: {}\n');
  });

  it('keeps the file line by line', () => {
    const text = `# slogan: x

services:
  web:
    image: nginx # the newest
    exclude_from_hc: true
    volumes:
      - type: bind
        source: ./run.sh
        content: |
          #!/bin/sh
          echo "$@"
        target: /run.sh
        is_directory: false
      - {type: bind, content: "a", source: /etc/b.conf, target: /b}
      - {type: bind, source: ./c, target: /c, content: "c"}
    command: [/run.sh]
`;
    const result = coolify(text);
    const lines = result.files['compose.yaml']?.split('\n') ?? [];
    expect(lines).toHaveLength(text.split('\n').length);
    expect(lines[16]).toBe('    command: [/run.sh]');
    expect(result.files['run.sh']).toBe('#!/bin/sh\necho "$@"\n');
    expect(result.files['files/b.conf']).toBe('a');
    expect(result.files['c']).toBe('c');
    expect(compiled(result).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(said(result)).toEqual([
      "info TPL0304: Keys that only the template's platform knows are passed over: exclude_from_hc, is_directory.",
      'info TPL0303: Content that the template holds becomes files: run.sh, files/b.conf, c.',
    ]);
  });

  it('a default of one place is the value everywhere', () => {
    const result = coolify(
      service('environment: ["A=${DIR:-/data}", "B=${DIR}/b", "C=${KEY:?first}", "D=${NEED:?say what}"]'),
    );
    expect(result.values.map(({ name, value }) => `${name}=${value}`)).toEqual(['DIR=/data', 'KEY=first']);
  });

  it('a default that is made of generated values is one value, and as secret as they are', () => {
    const result = coolify(`services:
  db: {image: a, environment: ["P=\${DB_PASS:-$SERVICE_PASSWORD_DB}", "U=\${URL:-pg://u:\${DB_PASS}@db}"]}
  app: {image: a, environment: ["P=\${DB_PASS}", "U=$URL", "H=\${HOST:-\${SERVICE_FQDN_APP}}", "I=$HOST"]}
`);
    const [db, app] = ['db', 'app'].map((name) => compiled(result).services[name]?.environment);
    const password = result.values.find(({ name }) => name === 'SERVICE_PASSWORD_DB')?.value ?? '';
    expect(db).toEqual({ P: password, U: `pg://u:${password}@db` });
    expect(app).toEqual({ ...db, H: 'shop.example.org', I: 'shop.example.org' });
    expect(result.values.filter(({ secret, generated }) => secret && generated).map(({ name }) => name)).toEqual([
      'SERVICE_PASSWORD_DB',
      'DB_PASS',
      'URL',
    ]);
    expect(JSON.stringify(result.files)).not.toContain(password);
  });

  it('of two defaults of one variable the one that is a whole value counts everywhere', () => {
    const text = `services:
  app: {image: a, environment: ["U=pg://db/\${DB_NAME:-app}"], ports: ["\${PORT:-80}:80"]}
  db: {image: a, environment: ["D=\${DB_NAME:-postgres}"], ports: ["\${PORT:-81}:81"]}
`;
    const { services } = compiled(coolify(text));
    expect([services['app']?.environment, services['db']?.environment]).toEqual([
      { U: 'pg://db/postgres' },
      { D: 'postgres' },
    ]);
    expect(coolify(text).values.map(({ name }) => name)).toEqual(['DB_NAME']);
  });

  it('defaults that refer to each other end somewhere', () => {
    const result = coolify(service('environment: ["A=${A:-$B}", "B=${B:-$A}", "C=$A$B"]'));
    expect(said(result).filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('leaves empty what it gives no value, but for what sounds like a password, which is asked for', () => {
    const result = coolify(
      service('environment: ["A=${ORIGIN}", "B=${SMTP_PASSWORD}", "C=${NEED:?say what}", "D=${X:-1}"]'),
    );
    expect(result.values.map(({ name, value }) => `${name}=${value}`)).toEqual(['ORIGIN=']);
    expect(result.files['.env']).toContain('ORIGIN=');
    expect(said(result)).toEqual(['info TPL0311: Variables that the template gives no value are empty: ORIGIN.']);
  });

  it('a service that reads all of .env gets it by reference', () => {
    const result = coolify(
      service('env_file: [.env]', 'environment: ["A=${SERVICE_PASSWORD_A}", "B=${B:-b}", "C=$B"]'),
    );
    const [password] = result.values;
    expect(result.files['template.env']).toBe('SERVICE_PASSWORD_A=${SERVICE_PASSWORD_A}\nB=${B}\n');
    expect(compiled(result).services['web']?.environment).toMatchObject({
      SERVICE_PASSWORD_A: password?.value,
      B: 'b',
    });
  });

  it('says what a template says of itself', () => {
    const header =
      '# documentation: https://example.org\n# slogan: Sells.\n# category: shop\n# tags: a, b,\n# logo: svgs/x.svg\n';
    expect(coolify(header + service()).info).toEqual({
      kind: 'coolify',
      name: 'demo',
      documentation: 'https://example.org',
      description: 'Sells.',
      category: 'shop',
      logo: 'svgs/x.svg',
      tags: ['a', 'b'],
    });
  });
});
