import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coolify, dokploy, imported, said } from './imported.ts';

const COMPOSE = 'services: {web: {image: nginx}}\n';

/** Of this process alone: what else runs on the machine costs a template nothing. */
function processorMs(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

describe('hostile templates', () => {
  it.each([
    ['a = [1', /^error TPL0004 template\.toml:1:\d+: This is not valid TOML: /],
    ['a = [1 # x', /^error TPL0004 template\.toml:1:\d+: This is not valid TOML: /],
    ['a = 1\na = 2', /^error TPL0004 template\.toml:2:1: This is not valid TOML: /],
    [`a = ${'['.repeat(100_000)}`, /^error TPL0004 template\.toml:1:\d+: This is not valid TOML: /],
    ['variables = 5', /^error TPL0005 template\.toml:1:1: variables is to be a table\.$/],
    ['[variables]\na = [1]', /^error TPL0005 template\.toml:2:1: a is to be a text\.$/],
    ['[config]\nenv = 5', /^error TPL0005 template\.toml:2:1: env is to be a table or a list\.$/],
    [`a = "${'x'.repeat(2_000_000)}"`, /^error TPL0002: template\.toml has more than 1048576 characters\.$/],
  ])('%.40s is an error with its place', (template, finding) => {
    const result = dokploy(COMPOSE, template);
    expect(said(result)[0]).toMatch(finding);
    expect(result.files).toEqual({});
  });

  it.each([
    ['{"a": ', /^error TPL0004 template\.json:1:\d+: This is not valid JSON: /],
    ['[]', /^error TPL0005 template\.json:1:1: template\.json is to be a table\.$/],
    ['['.repeat(100_000), /^error TPL0004 template\.json:/],
  ])('JSON %.20s is an error with its place', (template, finding) => {
    expect(said(imported({ name: 'x', files: { 'compose.yaml': COMPOSE, 'template.json': template } }))[0]).toMatch(
      finding,
    );
  });

  it.each([
    ['services: [', /^error CPS0101 demo\.yaml:1:\d+: /],
    [`a: ${'['.repeat(50_000)}`, /^error CPS0007 demo\.yaml:1:\d+: /],
    ['a: 1', /^error TPL0001 demo\.yaml:1:1: This is no template: demo\.yaml has no services\.$/],
    ['', /^error TPL0001 demo\.yaml:1:1: /],
    [
      'x: &a [1,1,1,1,1,1,1,1,1,1]\n' +
        Array.from(
          { length: 9 },
          (_, i) => `x${String(i)}: &a${String(i)} [${`*a${i === 0 ? '' : String(i - 1)},`.repeat(9)}]`,
        ).join('\n'),
      /^error CPS0008 /,
    ],
  ])('a Compose file %.20s is an error with its place', (text, finding) => {
    expect(said(coolify(text))[0]).toMatch(finding);
  });

  it('keys like __proto__ change nothing but themselves', () => {
    const template = `[variables]\n__proto__ = "x"\n[config.env]\n__proto__ = "y"\nconstructor = "z"\n`;
    const result = dokploy(COMPOSE, template);
    expect(result.values.map(({ name, value }) => `${name}=${value}`)).toEqual(['__proto__=y', 'constructor=z']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    const json = '{"__proto__": {"variables": {"a": "b"}}, "config": {"__proto__": {"env": {"A": "1"}}}}';
    expect(imported({ name: 'x', files: { 'compose.yaml': COMPOSE, 'template.json': json } }).values).toEqual([]);
    const names = coolify(
      'services:\n  __proto__: {image: a, environment: [SERVICE_URL_X_80]}\n  constructor: {image: b, volumes: ["toString:/x"]}\n',
    );
    expect(names.public).toEqual([{ service: '__proto__', host: 'shop.example.org', port: 80 }]);
  });

  it('thousands of entries are refused', () => {
    const many = (line: (index: number) => string) =>
      Array.from({ length: 1_001 }, (_, index) => line(index)).join('\n');
    expect(said(dokploy(COMPOSE, `[variables]\n${many((index) => `v${String(index)} = "1"`)}`))).toEqual([
      'error TPL0003: The template has more than 1000 variables.',
    ]);
    expect(
      said(
        dokploy(
          COMPOSE,
          many(() => '[[config.domains]]\nserviceName = "web"'),
        ),
      ).at(0),
    ).toBe('error TPL0003: The template has more than 1000 domains.');
  });

  it('tens of thousands of names are read in seconds', () => {
    const many = (line: (index: string) => string) => Array.from({ length: 15_000 }, (_, index) => line(String(index)));
    const names = many((index) => `      - SERVICE_URL_A${index}_80\n      - B${index}=$SERVICE_PASSWORD_${index}\n`);
    const began = process.cpuUsage();
    const result = coolify(`services:\n  web:\n    image: a\n    environment:\n${names.join('')}`);
    expect(result.public).toHaveLength(200);
    expect(result.values).toHaveLength(30_000);
    expect(processorMs(began)).toBeLessThan(20_000);
  });

  it.each([
    [12, [1]],
    [40, ['error CPS0008 demo.yaml:16:17: With its aliases expanded the project has more than 80000 nodes.', 0]],
  ])('mappings that merge each other %p times, and long gaps, cost no more than their text', (levels, outcome) => {
    const merges = Array.from(
      { length: levels },
      (_, i) => `x${String(i + 1)}: &m${String(i + 1)} {<<: [*m${String(i)}, *m${String(i)}]}\n`,
    );
    const used = `services: {web: {image: a, environment: *m${String(levels)}}}\n`;
    const began = process.cpuUsage();
    const result = coolify(
      `# slogan: a${' '.repeat(400_000)}b\nx0: &m0 {A: $SERVICE_USER_A}\n${merges.join('')}${used}`,
    );
    expect([...said(result), result.values.length]).toEqual(outcome);
    expect(processorMs(began)).toBeLessThan(10_000);
  });

  it('nothing but the file is no template', () => {
    expect(said(imported({ name: 'x', files: {} }))).toEqual([
      'error TPL0001: This is no template: it has no Compose file.',
    ]);
    expect(said(imported({ name: 'x', files: { 'a.yaml': COMPOSE, 'b.yaml': COMPOSE } }))).toHaveLength(1);
  });

  it.each(['a b', '-a.org', 'https://a.org', `${'a'.repeat(64)}.org`, ''])('a domain %p is refused', (domain) => {
    expect(said(coolify(COMPOSE, { domain }))[0]).toMatch(/^error TPL0202: /);
  });

  it('any text is answered, the same each time', () => {
    const piece = fc.constantFrom(
      '${domain}',
      '${password:9}',
      '${a}',
      '${b}',
      '${jwt:a:b}',
      '"',
      "'",
      '\n',
      '[config]',
      '[[config.domains]]',
      'serviceName = "web"',
      'env = [',
      ']',
      'a = ',
      'b = ',
      '=',
      '{',
      '}',
      '[variables]',
      '# port: 3000',
      'services:',
      '  web:',
      '    image: a',
      '    environment:',
      '      - SERVICE_URL_A_80',
      '    volumes:',
      '      - ../files/a:/a',
      '      - {type: bind, source: ./a, content: x}',
      ': ',
      '&a ',
      '*a',
      '<<: *a',
      '__proto__',
      '\u0000',
      '$$',
      '|',
      '\t',
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('\n'));
    fc.assert(
      fc.property(text, text, (compose, template) => {
        expect(dokploy(compose, template)).toEqual(dokploy(compose, template));
        expect(dokploy(COMPOSE, template)).toEqual(dokploy(COMPOSE, template));
        expect(coolify(compose)).toEqual(coolify(compose));
      }),
      { numRuns: 200 },
    );
  });
});
