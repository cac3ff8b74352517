import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDnsLabel } from '@ushadow/kubernetes';
import { uniqueNames } from '../src/names/unique-names.ts';
import { compile } from '../src/index.ts';
import { fileNames, printYaml } from '@ushadow/kubernetes';
import type { LooseProject } from '../src/testing/compile-project.ts';
import { compileProject, projectOf } from '../src/testing/compile-project.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const word = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/);
const port = fc.record(
  {
    target: fc.integer({ min: 1, max: 65535 }),
    published: fc.integer({ min: 1, max: 65535 }).map(String),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    name: text,
  },
  { requiredKeys: ['target', 'protocol'] },
);
const mount = fc.record({
  type: fc.constantFrom('bind' as const, 'volume' as const, 'tmpfs' as const, 'image' as const, 'npipe' as const),
  source: text,
  target: text.map((path) => `/${path}`),
  read_only: fc.boolean(),
});
const service = fc.record(
  {
    image: text,
    command: fc.option(fc.array(text), { nil: null }),
    entrypoint: fc.option(fc.array(text), { nil: null }),
    environment: fc.dictionary(text, fc.option(text, { nil: null }), { noNullPrototype: true }),
    ports: fc.array(port, { maxLength: 4 }),
    expose: fc.array(text, { maxLength: 3 }),
    volumes: fc.array(mount, { maxLength: 4 }),
    labels: fc.dictionary(
      fc.oneof(
        text,
        fc.constantFrom('kompose.service.expose', 'kompose.hpa.cpu', 'kompose.cronjob.schedule', 'kompose.volume.size'),
      ),
      text,
      { noNullPrototype: true },
    ),
    user: text,
    hostname: text,
    container_name: text,
    network_mode: fc.oneof(text, fc.constantFrom('host', 'none', 'service:a', 'service:b')),
    depends_on: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.record({
        condition: fc.constantFrom(
          'service_started' as const,
          'service_healthy' as const,
          'service_completed_successfully' as const,
        ),
        required: fc.boolean(),
      }),
      { noNullPrototype: true },
    ),
    healthcheck: fc.record({
      test: fc.array(fc.oneof(text, fc.constantFrom('CMD', 'CMD-SHELL', 'curl -f http://localhost'))),
      interval: text,
      retries: fc.integer(),
    }),
    restart: fc.oneof(text, fc.constantFrom('no', 'on-failure:3', 'always')),
    mem_limit: text,
    cpus: fc.double(),
    extra_hosts: fc.array(text),
    security_opt: fc.array(text),
    tmpfs: fc.array(text),
    'x-k8s': fc.jsonValue().map((value) => value as never),
  },
  { requiredKeys: [] },
);
const project = fc
  .dictionary(fc.oneof(word, fc.constantFrom('a', 'b', 'c')), service, {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  })
  .map((services): LooseProject => ({ services }));

describe('compile, whatever the project holds', () => {
  it('never throws, and gives the same bytes twice', () => {
    fc.assert(
      fc.property(project, fc.boolean(), (input, flag) => {
        const rest = {
          target: { policies: { networks: flag }, defaults: { liveness: flag } },
          options: { waitInitContainers: flag, groupByLabel: flag },
        };
        const first = compileProject(input, rest);
        expect(printYaml(compileProject(input, rest).objects)).toBe(printYaml(first.objects));
        expect(first.ok).toBe(first.diagnostics.every(({ severity }) => severity !== 'error'));
      }),
      { numRuns: 100 },
    );
  });

  it('never names two objects alike, nor two files', () => {
    fc.assert(
      fc.property(project, (input) => {
        const { objects } = compileProject(input);
        const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(fileNames(objects)).size).toBe(objects.length);
      }),
      { numRuns: 60 },
    );
  });

  it('does not change what it is given', () => {
    fc.assert(
      fc.property(project, (input) => {
        const given = projectOf(input);
        const before = JSON.stringify(given);
        compile({
          project: given,
          positions: { at: () => undefined },
          files: { read: () => undefined, stat: () => undefined, list: () => [] },
          target: { namespace: 'x' },
        });
        expect(JSON.stringify(given)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe('uniqueNames', () => {
  it('M2: gives a valid name to any text, the same to none, its own to a valid one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(text, word, fc.constantFrom('a_b', 'a-b', 'A.B', '1a', 'x'.repeat(80)))),
        (texts) => {
          const names = uniqueNames(texts, 'rfc1035');
          expect(new Set(names.values()).size).toBe(texts.length);
          for (const [from, name] of names) {
            expect(isDnsLabel(name, 'rfc1035')).toBe(true);
            if (isDnsLabel(from, 'rfc1035')) expect(name).toBe(from);
          }
        },
      ),
      { examples: [[['a--0']], [['a--b', 'a-b', 'a_b']]] },
    );
  });
});

describe('names that every object inherits', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is a name like any other', (name) => {
    const result = compileProject({
      services: {
        [name]: {
          volumes: [{ type: 'volume', source: name, target: '/d' }],
          configs: [{ source: name }],
          networks: { [name]: null },
          restart: name,
          healthcheck: { test: ['CMD', name] },
          labels: { 'kompose.service.type': name },
          deploy: { mode: name },
        },
      },
    });
    expect(result.objects.map(({ kind }) => kind)).toContain('Deployment');
  });
});
