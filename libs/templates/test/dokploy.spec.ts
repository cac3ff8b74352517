import { describe, expect, it } from '@jest/globals';
import { addressText, type PublicAddress } from '../src/index.ts';
import { compiled, dokploy, fixedBytes, imported, NOW, said } from './imported.ts';

const COMPOSE = 'services:\n  web:\n    image: nginx\n    environment:\n      A: ${A:-}\n  db: {image: postgres}\n';
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const valueOf = (helper: string) => dokploy(COMPOSE, lines('[config.env]', `A = '${helper}'`)).values[0];

describe('helpers of Dokploy', () => {
  it.each([
    ['${password}', /^[a-z0-9]{16}$/],
    ['${password:40}', /^[a-z0-9]{40}$/],
    ['${base64}', /^[A-Za-z0-9+/]{43}=$/],
    ['${base64:64}', /^[A-Za-z0-9+/]{86}==$/],
    ['${hash}', /^[0-9a-f]{8}$/],
    ['${hash:33}', /^[0-9a-f]{33}$/],
    ['${uuid}', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['${jwt}', /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/],
    ['${jwt:32}', /^[0-9a-f]{64}$/],
  ])('%s is a secret of its form', (helper, form) => {
    expect(valueOf(helper)).toMatchObject({
      name: 'A',
      value: expect.stringMatching(form),
      secret: true,
      generated: true,
    });
  });

  it.each([
    ['${username}', /^[a-z][a-z0-9]{9}$/, true],
    ['${email}', /^admin@shop\.example\.org$/, false],
    ['${timestamp}', new RegExp(`^${String(NOW)}$`), true],
    ['${timestampms}', new RegExp(`^${String(NOW)}$`), true],
    ['${timestamps}', new RegExp(`^${String(NOW / 1000)}$`), true],
    ['${timestamps:2030-01-01T00:00:00Z}', /^1893456000$/, false],
    ['${timestampms:2030-01-01T00:00:00Z}', /^1893456000000$/, false],
    ['${randomPort}', /^\d{4,5}$/, true],
    ['${domain}', /^shop\.example\.org$/, false],
  ])('%s is no secret', (helper, form, generated) => {
    expect(valueOf(helper)).toMatchObject({ value: expect.stringMatching(form), secret: false, generated });
  });

  it.each([1, 2, 3, 31, 32, 33, 48, 64])('base64 of %p bytes is that, and may stand in a URL', (bytes) => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const template = `[config.env]\nA = "\${base64:${String(bytes)}}"\n`;
      const value = dokploy(COMPOSE, template, { randomBytes: fixedBytes(seed) }).values[0]?.value ?? '';
      expect(value).toMatch(/^[A-Za-z0-9]+=*$/);
      expect(Buffer.from(value, 'base64')).toHaveLength(bytes);
      expect(Buffer.from(value, 'base64').toString('base64')).toBe(value);
    }
  });

  it('signs a token with a variable, for a payload that is one', () => {
    const { values } = dokploy(
      COMPOSE,
      lines(
        '[variables]',
        'key = "${password:32}"',
        `payload = '{"role": "anon", "iss": "me"}'`,
        'token = "${jwt:key:payload}"',
        '[config.env]',
        'A = "${token}"',
      ),
    );
    const [, body = ''] = values[0]?.value.split('.') ?? [];
    expect(JSON.parse(atob(body))).toEqual({ iat: NOW / 1000, exp: NOW / 1000 + 315_360_000, role: 'anon', iss: 'me' });
  });

  it.each([
    [
      '${passwort}',
      'error TPL0101 template.toml:2:9: ${passwort} is neither a variable of this template nor a helper.',
    ],
    [
      '${passwort:12}',
      'error TPL0101 template.toml:2:9: ${passwort:12} is neither a variable of this template nor a helper.',
    ],
    ['${}', 'error TPL0101 template.toml:2:9: ${} is neither a variable of this template nor a helper.'],
    [
      '${__proto__}',
      'error TPL0101 template.toml:2:9: ${__proto__} is neither a variable of this template nor a helper.',
    ],
    ['${password:many}', 'error TPL0102 template.toml:2:9: ${password:many} takes a number from 1 to 1024.'],
    ['${base64:99999}', 'error TPL0102 template.toml:2:9: ${base64:99999} takes a number from 1 to 1024.'],
    ['${uuid:4}', 'error TPL0102 template.toml:2:9: ${uuid:4} takes no argument.'],
    [
      '${jwt:k:no}',
      'error TPL0102 template.toml:2:9: ${jwt:k:no} takes a number of bytes, or the variables of a secret and of a payload.',
    ],
  ])('%s is an error with its line, and nothing is made', (helper, finding) => {
    const result = dokploy(COMPOSE, lines('[variables]', `some = "${helper}"`));
    expect(said(result)).toEqual([finding]);
    expect(result).toMatchObject({ files: {}, values: [], public: [] });
  });
});

describe('variables of Dokploy', () => {
  it('refer to each other in any order, and have one value each', () => {
    const { values } = dokploy(
      COMPOSE,
      lines(
        '[variables]',
        'url = "pg://u:${pw}@db"',
        'pw = "${password:20}"',
        '[config]',
        'env = ["A=${url}", "B=${pw}", "C=${A}/c"]',
      ),
    );
    const [a, b, c] = values;
    expect(a?.value).toBe(`pg://u:${b?.value ?? ''}@db`);
    expect(c?.value).toBe(`${a?.value ?? ''}/c`);
    expect(values.every(({ secret, generated }) => secret && generated)).toBe(true);
  });

  it('may be called like a helper', () => {
    const { values } = dokploy(
      COMPOSE,
      lines('[variables]', 'password = "${password:20}"', '[config.env]', 'A = "${password}"', 'B = "${password}"'),
    );
    expect(values[0]?.value).toMatch(/^[a-z0-9]{20}$/);
    expect(values[1]?.value).toBe(values[0]?.value);
  });

  it('in a circle are an error that names the circle', () => {
    const result = dokploy(COMPOSE, lines('[variables]', 'a = "${b}"', 'b = "${c}"', 'c = "${b}"'));
    expect(said(result)).toEqual([
      'error TPL0103 template.toml:3:1: Variables refer to each other in a circle: b → c → b.',
    ]);
    expect(said(dokploy(COMPOSE, lines('[variables]', 'a = "${a}"')))).toEqual([
      'error TPL0103 template.toml:2:1: Variables refer to each other in a circle: a → a.',
    ]);
  });

  it('that grow without end are an error, soon', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, index) => `v${String(index)} = "\${v${String(index + 1)}}\${v${String(index + 1)}}"`,
    );
    const result = dokploy(COMPOSE, lines('[variables]', ...doubling, 'v60 = "0123456789"'));
    expect(said(result)[0]).toMatch(
      /^error TPL0104 template\.toml:\d+:1: With all it refers to, v\d+ has more than 65536 characters\.$/,
    );
  });

  it('an env file is a table, a list of lines, or a list of tables', () => {
    const env = (...more: readonly string[]) => {
      const result = dokploy(COMPOSE, lines('[config]', ...more));
      return [...result.values.map(({ name, value }) => `${name}=${value}`), ...said(result)];
    };
    expect(env('[config.env]', 'A = 1', 'B = true', '"C" = "x=y"')).toEqual(['A=1', 'B=true', 'C=x=y']);
    expect(env('env = ["A=1", "", "## no", "B=\'x\'", "C=", {D = 2}]')).toEqual(['A=1', 'B=x', 'C=', 'D=2']);
    expect(env('env = ["A"]')).toEqual([
      'warning TPL0106 template.toml:2:9: "A" is no line of an env file; it is left out.',
    ]);
    expect(env('env = ["A=${B:-b}", "C=${NOBODY}"]')).toEqual([
      'A=b',
      'C=',
      'warning TPL0105 template.toml:2:24: ${NOBODY} has no value in this template; an empty text takes its place.',
    ]);
  });

  it('a line of a list ends where its comment begins', () => {
    const { values } = dokploy(
      COMPOSE,
      lines('[config]', 'env = ["A=1 # one", "B=#fff", "C=\'a # b\' # c", "D=x#y", "E= # none"]'),
    );
    expect(values.map(({ name, value }) => `${name}=${value}`)).toEqual(['A=1', 'B=#fff', 'C=a # b', 'D=x#y', 'E=']);
  });

  it('in capitals are left open, and no helpers written wrong', () => {
    const result = dokploy(COMPOSE, lines('[variables]', 'mail = "${SMTP_FROM}"', '[config.env]', 'A = "${mail}"'));
    expect(result.values).toMatchObject([{ name: 'A', value: '' }]);
    expect(said(result)).toEqual([
      'warning TPL0105 template.toml:2:9: ${SMTP_FROM} has no value in this template; an empty text takes its place.',
    ]);
  });

  it('have a host of their own for each ${domain}, the env file that of the site', () => {
    const result = dokploy(
      COMPOSE,
      lines(
        '[variables]',
        'main = "${domain}"',
        'other = "${domain}"',
        '[config]',
        'domains = [{serviceName = "web", port = 80, host = "${main}"}]',
        'env = ["A=https://${domain}", "B=${main}", "C=${other}"]',
      ),
    );
    expect(result.values.map(({ value }) => value)).toEqual([
      'https://shop.example.org',
      'shop.example.org',
      'other.shop.example.org',
    ]);
    expect(result.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 80 }]);
  });

  it('a default that is not needed keeps no secret in the open', () => {
    const result = dokploy(COMPOSE, lines('[config.env]', 'P = "${password:20}"', 'A = "x ${P:-none}"'));
    const [password, url] = result.values;
    expect(url).toMatchObject({ value: `x ${password?.value ?? ''}`, secret: true, generated: true });
    expect(JSON.stringify(result.files)).not.toContain(password?.value);
  });

  it('APP_NAME is the name of the template where nothing else says it', () => {
    const compose = 'services: {web: {image: nginx, environment: {N: "${APP_NAME}"}}}\n';
    expect(compiled(dokploy(compose, '')).services['web']?.environment).toEqual({ N: 'demo' });
    expect(compiled(dokploy(compose, '[config.env]\nAPP_NAME = "x"\n')).services['web']?.environment).toEqual({
      N: 'x',
    });
  });

  it('what is not generated is in .env, what is generated is not', () => {
    const { files } = dokploy(COMPOSE, lines('[config.env]', 'A = "it\'s $5"', 'B = "${password}"', 'C = "a b"'));
    expect(files['.env']).toBe(`A="it's \\$5"\nC='a b'\n`);
  });

  it('a service that reads all of .env gets it by reference', () => {
    const compose = 'services:\n  web:\n    image: nginx\n    env_file:\n      - .env\n';
    const result = dokploy(compose, lines('[config.env]', 'A = "1"', 'B = "${password}"'));
    expect(result.files['template.env']).toBe('A=${A}\nB=${B}\n');
    expect(compiled(result).services['web']?.environment).toEqual({ A: '1', B: result.values[1]?.value });
  });
});

describe('domains of Dokploy', () => {
  it('name service, port, path and host; the first is the domain itself', () => {
    const { public: addresses } = dokploy(
      COMPOSE,
      lines(
        '[variables]',
        'api_domain = "${domain}"',
        'main_domain = "${domain}"',
        '[[config.domains]]',
        'serviceName = "web"',
        'port = 9_080',
        'path = "/"',
        'host = "${main_domain}"',
        '[[config.domains]]',
        'serviceName = "db"',
        'port = "80"',
        'path = "api"',
        'host = "${api_domain}"',
        '[[config.domains]]',
        'serviceName = "db"',
      ),
    );
    expect(addresses).toEqual([
      { service: 'web', host: 'shop.example.org', port: 9080 },
      { service: 'db', host: 'api-domain.shop.example.org', port: 80, path: '/api' },
      { service: 'db', host: 'db.shop.example.org' },
    ]);
  });

  it('without the path that they have outside are so for the service', () => {
    const domain = (path: string): readonly PublicAddress[] =>
      dokploy(COMPOSE, `[[config.domains]]\nserviceName = "web"\nport = 1\n${path}stripPath = true\n`).public;
    expect(domain('path = "/api"\n').map(addressText)).toEqual(['shop.example.org:1/api#strip']);
    expect(domain('').map(addressText)).toEqual(['shop.example.org:1']);
  });

  it.each([
    [
      'serviceName = "wep"',
      'error TPL0201 template.toml:2:1: A domain is for the service wep, which the Compose file does not have.',
    ],
    ['serviceName = "web"\nport = 70000', 'error TPL0203 template.toml:3:1: "70000" is no port.'],
    [
      'serviceName = "web"\nport = 1\nhost = "a b"',
      'error TPL0202 template.toml:4:1: "a b" is no name that a host can have.',
    ],
    [
      'serviceName = "web"\nport = 1\ninternalPath = "/x"',
      'warning TPL0207 template.toml:2:1: `internalPath` of a domain is not carried over.',
    ],
  ])('%s is said with its line', (text, finding) => {
    expect(said(dokploy(COMPOSE, `[[config.domains]]\n${text}\n`))).toEqual([finding]);
  });
});

describe('files of Dokploy', () => {
  const compose = lines(
    'services:',
    '  web:',
    '    image: nginx',
    '    volumes:',
    '      - ../files/a.conf:/etc/a.conf:ro',
    '      - ./b.conf:/etc/b.conf',
    '      - "../files/data:/data"',
  );
  const mount = (path: string, content: string): string =>
    lines(
      '[variables]',
      'name = "N"',
      'pw = "${password:20}"',
      '[[config.mounts]]',
      `filePath = "${path}"`,
      `content = '''${content}'''`,
    );

  it('lie where the Compose file mounts them from, inside the project', () => {
    const a = dokploy(compose, mount('./a.conf', 'name ${name} $uri ${other}'));
    expect(a.files['files/a.conf']).toBe('name N $uri ${other}');
    expect(a.files['compose.yaml']).toContain('      - ./files/a.conf:/etc/a.conf:ro\n');
    expect(a.files['compose.yaml']).toContain('      - "./files/data:/data"\n');
    expect(dokploy(compose, mount('b.conf', 'b')).files['b.conf']).toBe('b');
    expect(dokploy(compose, mount('/data/x/c', 'c')).files['files/data/x/c']).toBe('c');
    const unused = dokploy(compose, mount('README.md', 'read'));
    expect(unused.files['files/README.md']).toBe('read');
    expect(said(unused)).toContain('info TPL0305: No service mounts README.md.');
  });

  it('have what they refer to themselves as it is written', () => {
    const script = 'echo ${POSTGRES_DB:-app} ${A} ${password:-none} $(date) ${list[@]}';
    const result = dokploy(compose, `${mount('a.conf', script)}[config.env]\nA = "1"\n`);
    expect(said(result).filter((line) => line.startsWith('error'))).toEqual([]);
    expect(result.files['files/a.conf']).toBe(script);
  });

  it('with generated values hold no secret: they are made of the stack’s variables', () => {
    const result = dokploy(compose, mount('a.conf', 'password ${pw} costs 5$'));
    const secret = result.values.find(({ name }) => name === 'pw');
    expect(secret).toMatchObject({ secret: true, generated: true });
    expect(JSON.stringify(result.files)).not.toContain(secret?.value);
    const { result: made, diagnostics } = compiled(result);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const web = JSON.stringify(
      made?.objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web'),
    );
    expect(web).toContain('"mountPath":"/etc/a.conf"');
    expect(web).toContain('"mountPath":"/etc/b.conf"');
    const config = made?.objects.find(({ metadata }) => metadata.name === 'demo-a-conf');
    expect(config).toMatchObject({ kind: 'Secret' });
    const { 'a.conf': content = '' } = (config?.['data'] ?? {}) as Record<string, string>;
    expect(atob(content)).toBe(`password ${secret?.value ?? ''} costs 5$`);
  });

  it('may be configs and secrets of the project', () => {
    const project = lines(
      'services: {web: {image: nginx, secrets: [s], configs: [c, {source: d, target: /d}]}}',
      'secrets: {s: {file: ../files/s.txt}}',
      'configs: {c: {file: ../files/c.txt}, d: {file: ./d.txt}}',
    );
    const file = (path: string, content: string): string =>
      `[[config.mounts]]\nfilePath = "${path}"\ncontent = '${content}'\n`;
    const result = dokploy(
      project,
      `[variables]\npw = "\${password:20}"\n${file('s.txt', 'a ${pw}')}${file('c.txt', 'b ${pw} $x')}${file('d.txt', 'd')}`,
    );
    const password = result.values.find(({ name }) => name === 'pw')?.value ?? '';
    expect(JSON.stringify(result.files)).not.toContain(password);
    const { diagnostics, result: made } = compiled(result);
    expect(diagnostics.filter(({ severity, code }) => severity === 'error' || code === 'CMP0924')).toEqual([]);
    const texts = JSON.stringify(made?.objects.filter(({ kind }) => kind === 'Secret' || kind === 'ConfigMap'));
    for (const text of [`a ${password}`, `b ${password} $x`]) expect(texts).toContain(btoa(text));
    expect(texts).toContain('"d"');
  });

  it.each(['../../etc/passwd', '', '.', 'a\\u0000b', '${name}/../../x'])(
    'a path of %p leaves nothing outside',
    (path) => {
      const result = dokploy(compose, mount(path, 'x'));
      expect(Object.keys(result.files).filter((file) => file.includes('..') || file.startsWith('/'))).toEqual([]);
      if (path.includes('..')) expect(said(result)[0]).toMatch(/^error TPL0306 template\.toml:5:1: /);
    },
  );
});

describe('a template of Dokploy', () => {
  it('may be YAML, beside the Compose file', () => {
    const template = lines(
      'variables:',
      '  host: ${domain}',
      '  pw: "${password:20}"',
      'config:',
      '  domains: [{serviceName: web, port: 8080, host: "${host}"}]',
      '  env: ["A=${pw}", {B: 5}]',
    );
    const files = { 'docker-compose.yml': COMPOSE, 'template.yml': template };
    const result = imported({ name: 'demo', files });
    expect(said(result)).toEqual([]);
    expect(result.info.kind).toBe('dokploy');
    expect(result.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 8080 }]);
    expect(result.values.map(({ name }) => name)).toEqual(['A', 'B']);
    const broken = imported({ name: 'demo', files: { ...files, 'template.yml': 'variables:\n  a: [1' } });
    expect(said(broken)[0]).toMatch(/^error TPL0004 template\.yml:2:\d+: This is not valid YAML: /);
    expect(imported({ name: 'demo', files: { 'template.yml': COMPOSE } }).info.kind).toBe('coolify');
  });

  it('may be JSON, with what it says of itself', () => {
    const template = {
      metadata: {
        name: 'Shop',
        description: 'Sells.',
        tags: ['a'],
        version: '1',
        links: { docs: 'https://d', github: 'https://g' },
      },
      variables: { pw: '${password}' },
      config: { domains: [{ serviceName: 'web', port: 80 }], env: { A: '${pw}' }, mounts: [] },
    };
    const result = imported({
      name: 'demo',
      files: { 'docker-compose.yml': COMPOSE, 'template.json': JSON.stringify(template) },
    });
    expect(said(result)).toEqual([]);
    expect(result.public).toEqual([{ service: 'web', host: 'shop.example.org', port: 80 }]);
    expect(result.info).toEqual({
      kind: 'dokploy',
      name: 'Shop',
      description: 'Sells.',
      documentation: 'https://d',
      website: 'https://g',
      version: '1',
      tags: ['a'],
    });
  });
});
