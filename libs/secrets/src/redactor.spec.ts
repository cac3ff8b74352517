import { describe, expect, it } from '@jest/globals';
import { MASK } from './redaction-patterns.ts';
import { Redactor } from './redactor.ts';

const secret = 'hunter2/ß "quoted"';
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl';
const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIGrq\nq83v\n-----END EC PRIVATE KEY-----';

describe('Redactor: known values (R99, M15)', () => {
  const redactor = new Redactor([secret]);

  it.each([
    ['as is', secret],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['URL-encoded', encodeURIComponent(secret)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ])('masks a value %s', (_form, text) => {
    expect(redactor.text(`before ${text} after`)).not.toContain(text);
    expect(redactor.text(`before ${text} after`)).toMatch(/^before .*\[redacted\].* after$/);
  });

  it('masks a value inside longer base64, at any alignment', () => {
    const known = new Redactor(['correct-horse-battery']);
    for (const prefix of ['', 'x', 'xy', 'xyz']) {
      const encoded = Buffer.from(`${prefix}correct-horse-battery!`).toString('base64');
      expect(Buffer.from(known.text(encoded), 'base64').toString()).not.toContain('horse');
    }
  });

  it('masks the lines of a value that has several', () => {
    const known = new Redactor(['line-one-is-quite-long\nline-two-is-quite-long']);
    expect(known.text('> line-two-is-quite-long')).toBe(`> ${MASK}`);
  });

  it.each([
    ['of a file that ends its line', 'hunter22\n', 'the password is hunter22', 'the password is [redacted]'],
    ['of Windows lines', 'first-line-of-a-key\r\nsecond-line-of-key', '> second-line-of-key', '> [redacted]'],
    ['with indented lines', '{\n  "id": "0123456789abcdef"\n}', '"id": "0123456789abcdef"', '[redacted]'],
    ['in JSON as Go writes it', 'p&ss<word>', '"p\\u0026ss\\u003cword\\u003e"', '"[redacted]"'],
    ['in JSON as PHP writes it', 'pass/word', '"pass\\/word"', '"[redacted]"'],
    ['in JSON as Python writes it', 'pässword', '"p\\u00e4ssword"', '"[redacted]"'],
    [
      'in JSON within JSON',
      'pa"ss"word',
      '{"m":"{\\"p\\":\\"pa\\\\\\"ss\\\\\\"word\\"}"}',
      '{"m":"{\\"p\\":\\"[redacted]\\"}"}',
    ],
    [
      'in base64 that is broken into lines',
      'x'.repeat(70),
      Buffer.from('x'.repeat(70)).toString('base64').slice(0, 76),
      '[redacted]',
    ],
    ['in a form', 'pass word!', 'p=pass+word%21', 'p=[redacted]'],
    ['in a URL with small letters', 'pass/word', 'p=pass%2fword', 'p=[redacted]'],
  ])('masks a value %s', (_name, value, text, masked) => {
    expect(new Redactor([value]).maskValues(text)).toBe(masked);
  });

  it('masks the longer of two values that overlap', () => {
    expect(new Redactor(['abcdef', 'abcdefghij']).text('abcdefghij')).toBe(MASK);
  });

  it('leaves ordinary text alone when a value is short', () => {
    expect(new Redactor(['a', 'admin']).text('an admin page')).toBe('an admin page');
  });
});

describe('Redactor: what looks like a credential', () => {
  const redactor = new Redactor();

  it.each([
    ['a bearer token', 'Authorization: Bearer abc.DEF-123', 'Authorization: Bearer [redacted]'],
    ['a lower-case header', "authorization: 'bearer sometokenvalue'", "authorization: 'bearer [redacted]'"],
    ['basic credentials', 'sent Basic dXNlcjpwYXNz', 'sent Basic [redacted]'],
    ['a JSON web token', `got ${jwt}.`, 'got [redacted].'],
    ['a PEM block', `key ${pem} end`, 'key [redacted] end'],
    ['a PEM block that was cut off', pem.slice(0, 50), MASK],
    ['base64 of a PEM block', `x: ${Buffer.from(pem).toString('base64')}`, 'x: [redacted]'],
    ['base64 of a kubeconfig', `"${Buffer.from('apiVersion: v1\nkind: Config').toString('base64')}"`, '"[redacted]"'],
    ['a field of a kubeconfig', 'users:\n- user:\n    token: abcdef0123\n', 'users:\n- user:\n    token: [redacted]\n'],
    ['a password in a URL', 'postgresql://u:p@ss@h:5432/d', 'postgresql://u:[redacted]@h:5432/d'],
    ['a password without user', 'redis://:pw@h:6379/0', 'redis://:[redacted]@h:6379/0'],
    ['a token as user', 'https://ghp_0123456789abcdef@github.com/x', 'https://[redacted]@github.com/x'],
    ['registry credentials', '{"auth": "dXNlcjpwYXNz"', '{"auth": "[redacted]"'],
  ])('masks %s', (_case, text, masked) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it.each([
    'basic authentication is not supported',
    'the bearer credentials were refused',
    'https://x/@scope and http://web:8080/path',
    'postgresql://h:5432/d',
    'Deployment shop/web: 2 of 3 replicas ready',
  ])('leaves %j', (text) => {
    expect(redactor.text(text)).toBe(text);
  });
});

describe('Redactor: JSON', () => {
  const redactor = new Redactor(['canary-value']);
  const secretObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db' },
    data: { password: 'Y2FuYXJ5' },
    stringData: { user: 'bob' },
  };

  it('masks data of a Secret and keeps its keys', () => {
    expect(redactor.json(secretObject)).toEqual({
      ...secretObject,
      data: { password: MASK },
      stringData: { user: MASK },
    });
  });

  it('masks an invalid Secret whose data is no map, or a map with a number', () => {
    expect(redactor.json({ kind: 'Secret', data: 'plain' })).toEqual({ kind: 'Secret', data: MASK });
    expect(redactor.json({ kind: 'Secret', data: { pin: 1234 } })).toEqual({ kind: 'Secret', data: { pin: MASK } });
  });

  it('masks a Secret inside the last-applied annotation', () => {
    const annotated = { metadata: { annotations: { 'last-applied': JSON.stringify(secretObject) } } };
    const text = JSON.stringify(redactor.json(annotated));
    expect(text).not.toContain('Y2FuYXJ5');
    expect(text).not.toContain('bob');
  });

  it('masks fields by the words of their names, and only those', () => {
    const fields = {
      apiToken: 'x1',
      DB_PASSWORD: 'x2',
      NEO4J_AUTH: 'neo4j/x3',
      'client-key-data': 'x4',
      credentials: { user: 'a', value: 'x5' },
      MAX_TOKENS: 4096,
      KEYCLOAK_URL: 'http://k',
      secretName: 'db',
      secretKeyRef: { name: 'db', key: 'password' },
      secret: { secretName: 'db' },
      password: '',
      key: 'status',
    };
    expect(redactor.json(fields)).toEqual({
      ...fields,
      apiToken: MASK,
      DB_PASSWORD: MASK,
      NEO4J_AUTH: MASK,
      'client-key-data': MASK,
      credentials: MASK,
    });
  });

  it('masks messages, stacks and causes of errors', () => {
    const error = new Error('canary-value refused', { cause: new Error('token: abcdefgh') });
    const text = JSON.stringify(redactor.json({ err: error }));
    expect(text).toContain('[redacted] refused');
    expect(text).not.toContain('canary-value');
    expect(text).not.toContain('abcdefgh');
  });

  it('survives cycles, depth, bytes, dates, maps and big integers', () => {
    const cyclic: Record<string, unknown> = { big: 1n, bytes: Buffer.from('canary-value'), at: new Date(0) };
    cyclic['self'] = cyclic;
    cyclic['map'] = new Map([['canary-value', 'canary-value']]);
    const copy = redactor.json(cyclic);
    expect(copy).toEqual({
      big: '1',
      bytes: '[12 bytes]',
      at: '1970-01-01T00:00:00.000Z',
      self: '[circular]',
      map: { [MASK]: MASK },
    });
    let deep: unknown = 'canary-value';
    for (let level = 0; level < 100; level += 1) deep = { deep };
    expect(JSON.stringify(redactor.json(deep))).toContain('[deep]');
  });

  it('does not change what it is given', () => {
    const given = { kind: 'Secret', data: { a: 'b' } };
    redactor.json(given);
    expect(given).toEqual({ kind: 'Secret', data: { a: 'b' } });
  });
});
