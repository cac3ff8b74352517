import { mutated, PIECES } from '@ushadow/compose/testing';
import { zipOf, type SeededRandom, type ZippedFile } from '@ushadow/testing';
import fc from 'fast-check';

/** What somebody may hand in; `kind` names the idea behind it. */
export interface HostileUpload {
  readonly kind: string;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly archive?: Buffer;
}

type Files = Readonly<Record<string, string>>;
type Maker = (random: SeededRandom, corpus: readonly string[]) => HostileUpload['files'];

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const services = (rows: readonly string[]): string => ['services:', ...rows].join('\n');
const web = (rest = '', name: string | number = 'web'): string => `  ${String(name)}: {image: nginx${rest}}`;
const compose = (text: string, more: Files = {}): Files => ({ 'compose.yaml': text, ...more });
const times = (random: SeededRandom, most: number): number => Math.ceil(most ** random.next());

/** A text of the corpus with a few edits, as the loader alone is tested with. */
function mutant(corpus: readonly string[], random: SeededRandom): string {
  const [text = ''] = fc.sample(mutated(corpus), { seed: random.between(0, 2 ** 31 - 1), numRuns: 1 });
  return text;
}

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '..',
  '/',
  '~1',
  '~',
  ' ',
  '*',
];

const MAKERS: Readonly<Record<string, Maker>> = {
  'a mutated project': (random, corpus) => compose(mutant(corpus, random)),
  'random bytes': (random) => ({
    'compose.yaml': Buffer.from(range(times(random, 50_000)).map(() => random.between(0, 255))),
  }),
  'broken UTF-8': (random, corpus) => {
    const bytes = Buffer.from(random.pick(corpus));
    for (const _ of range(times(random, 40))) bytes[random.between(0, bytes.length - 1)] = random.between(128, 255);
    return { 'compose.yaml': bytes };
  },
  'includes one in the other, with variables': (random) => {
    const depth = times(random, 80);
    const files = range(depth).flatMap((i): [string, string][] => [
      [`d${i}/compose.yaml`, `include: [../d${i + 1}/compose.yaml]\n${services([web('', `s${i}`)])}`],
      [`d${i}/.env`, `A${i}=${random.pick(['"\\\\"', "'\"'", '\\', `$A${i - 1}$A${i - 1}`])}`],
    ]);
    return compose('include: [d0/compose.yaml]', {
      ...Object.fromEntries(files),
      [`d${depth}/compose.yaml`]: services([web()]),
    });
  },
  'includes that meet again': (random) => {
    const [depth, width] = [times(random, 40), random.between(2, 6)];
    const files = range(depth).map((i): [string, string] => {
      const next = range(width).map((w) => `{path: f${i + 1}.yaml, env_file: e${w}.env}`);
      return [`f${i}.yaml`, i + 1 === depth ? services([web(', user: $A')]) : `include: [${next.join()}]`];
    });
    const envs = range(width).map((w): [string, string] => [`e${w}.env`, `A=${w}`]);
    return compose(`include: [f0.yaml]`, Object.fromEntries([...files, ...envs]));
  },
  'many includes': (random) => {
    const [count, size] = [times(random, 3_000), times(random, 400)];
    const big = services(range(size).map((i) => web(', user: $A', `s${i}`)));
    return compose(
      `include: [${range(count)
        .map((i) => random.pick(['big.yaml', `{path: big.yaml, env_file: e${i % 300}.env}`]))
        .join()}]`,
      {
        'big.yaml': big,
        ...Object.fromEntries(range(300).map((i) => [`e${i}.env`, `A=${i}`])),
      },
    );
  },
  'services that extend each other': (random) => {
    const count = times(random, 4_000);
    const target = random.pick<(i: number) => number>([
      (i) => i + 1,
      (i) => Math.floor(i / 2),
      () => 0,
      (i) => (i * 7 + 3) % count,
      () => random.between(0, count),
    ]);
    const file = random.pick(['', ', file: compose.yaml', ', file: other.yaml']);
    const rows = range(count).map((i) =>
      web(`, environment: {E${i}: x}, extends: {service: s${target(i)}${file}}`, `s${i}`),
    );
    return compose(services([...rows, web('', `s${count}`)]), {
      'other.yaml': services([...rows, web('', `s${count}`)]),
    });
  },
  'anchors in anchors': (random) => {
    const [depth, width] = [times(random, 60), random.between(2, 12)];
    const list = random.pick([true, false]);
    const level = (i: number): string => {
      const aliases = range(width).map(() => `*a${i - 1}`);
      return list ? `[${aliases.join()}]` : `{${aliases.map((alias, at) => `k${at}: ${alias}`).join()}}`;
    };
    const rows = range(depth).map((i) => `x-${i}: &a${i} ${i === 0 ? random.pick(['x', '{a: b}']) : level(i)}`);
    return compose(`${rows.join('\n')}\n${services([web(`, labels: *a${depth - 1}`)])}`);
  },
  'merge keys in merge keys': (random) => {
    const [depth, width] = [times(random, 500), random.between(1, 20)];
    const rows = range(depth).map((i) => {
      const merged =
        i === 0
          ? ''
          : `<<: [${range(width)
              .map(() => `*a${random.between(0, i - 1)}`)
              .join()}], `;
      return `x-${i}: &a${i} {${merged}k${i}: v, image: nginx}`;
    });
    return compose(`${rows.join('\n')}\n${services([`  web: *a${depth - 1}`])}`);
  },
  'one piece of YAML without end': (random) => {
    const piece = random.pick([
      ...'[{,:?-"\'#|>!&*%@`\t',
      ...PIECES,
      'a: b\n',
      '- a\n',
      '[a,',
      '{a: ',
      '? a\n',
      '!a ',
      '&a ',
      '# c\n',
      '%A b\n',
      '\\x41',
    ]);
    const head = random.pick(['', 'x-a: ', 'x-a: [', 'x-a: "', 'services:\n  web:\n    image: nginx\n    labels:\n']);
    return compose(head + piece.repeat(Math.ceil(times(random, 1_000_000) / piece.length)));
  },
  'keys given twice, and keys of JavaScript': (random) => {
    const names = range(times(random, 300)).map(() => random.pick(NAMES));
    const map = (): string => `{${names.map((name) => `${JSON.stringify(name)}: "1"`).join()}}`;
    const keep = new Map(
      NAMES.map((name) => [name, `${JSON.stringify(name)}: ${random.pick(['1', '"x"', 'null', '{a: 1}'])}`]),
    );
    const once = `{${[...keep.values()].join()}}`;
    return compose(
      `x-ushadow: ${once}\nx-a: ${random.pick([map(), once])}\nvolumes: ${once}\n${services([web(`, environment: ${once}, labels: ${random.pick([map(), once])}, x-k8s: ${once}`), ...NAMES.map((name) => web('', JSON.stringify(name)))])}`,
    );
  },
  'huge numbers': (random) => {
    const number = (): string =>
      random.pick([
        '1e308',
        '-1',
        '0',
        '9'.repeat(times(random, 4_000)),
        '0x7fffffffffffffff',
        '.inf',
        '1e-400',
        '4294967296',
        `"${'9'.repeat(400)}g"`,
        '1_000_000_000_000',
      ]);
    const keys = [
      'mem_limit',
      'cpus',
      'pids_limit',
      'stop_grace_period',
      'scale',
      'shm_size',
      'oom_score_adj',
      'cpu_shares',
    ];
    return compose(
      services(
        range(times(random, 200)).map((i) =>
          web(
            `, ${keys.map((key) => `${key}: ${number()}`).join()}, deploy: {replicas: ${number()}}, ports: [${number()}, "${number()}:${number()}"], healthcheck: {test: [CMD, x], interval: ${number()}, retries: ${number()}}`,
            `s${i}`,
          ),
        ),
      ),
    );
  },
  'ranges of ports': (random) =>
    compose(
      services(
        range(times(random, 400)).map((i) =>
          web(
            `, ports: [${range(times(random, 20))
              .map((p) => `"${random.pick(['', `127.0.0.${p}:`])}1-65535:1-65535${random.pick(['', '/udp'])}"`)
              .join()}], expose: ["1-65535"]`,
            `s${i}`,
          ),
        ),
      ),
    ),
  'much of one thing': (random) => {
    const count = times(random, 8_000);
    const list = (make: (i: number) => string): string => `[${range(count).map(make).join()}]`;
    const map = (make: (i: number) => string): string => `{${range(count).map(make).join()}}`;
    const rest = random.pick([
      () => `environment: ${map((i) => `V${i}: "\${A${i}:-$B}"`)}`,
      () => `labels: ${map((i) => `l${i}: v`)}`,
      () => `ports: ${list((i) => `"${i + 1}:${i + 1}"`)}`,
      () => `volumes: ${list((i) => `"v${i}:/v${i}"`)}`,
      () => `volumes: ${list((i) => `"./f${i}:/v${i}"`)}`,
      () => `networks: ${map((i) => `n${i}: {aliases: [a${i}]}`)}`,
      () => `secrets: ${list((i) => `s${i}`)}`,
      () => `configs: ${list((i) => `c${i}`)}`,
      () => `profiles: ${list((i) => `p${i}`)}`,
      () => `depends_on: ${list((i) => `d${i}`)}`,
      () => `env_file: ${list(() => 'a.env')}`,
      () => `extra_hosts: ${list((i) => `"h${i}:10.0.0.1"`)}`,
      () => `tmpfs: ${list((i) => `/t${i}`)}`,
      () => `command: ${list((i) => `"$A${i}"`)}`,
      () => `x-k8s: {Deployment: ${list((i) => `{op: add, path: /metadata/labels/l${i}, value: v}`)}}`,
    ])();
    const sections = `volumes: ${map((i) => `v${i}: {}`)}\nnetworks: ${map((i) => `n${i}: {}`)}\nsecrets: ${map((i) => `s${i}: {environment: S${i}}`)}\nconfigs: ${map((i) => `c${i}: {content: "$A${i}"}`)}`;
    return compose(`${random.pick(['', sections])}\n${services([web(`, ${rest}`)])}`, {
      'a.env': 'A=1\nB=$A\n'.repeat(times(random, 2_000)),
    });
  },
  'many services that know each other': (random) => {
    const [count, known] = [times(random, 2_500), times(random, 60)];
    const rows = range(count).map((i) => {
      const others = [...new Set(range(known).map(() => `s${random.between(0, count)}`))];
      return web(
        `, depends_on: [${others.join()}], links: [${others.join()}], environment: {URL: "http://s${i + 1}:80/$A", PASSWORD: "secret-${i}-of-this"}, volumes: ["v${i % 50}:/v"], ports: ["${(i % 60_000) + 1}:80"]`,
        `s${i}`,
      );
    });
    return compose(
      `volumes: {${range(50)
        .map((i) => `v${i}: {}`)
        .join()}}\n${services(rows)}`,
    );
  },
  'services that can all be compiled': (random) => {
    const count = times(random, 1_000);
    const rest = random.pick<(i: number) => string>([
      (i) => `, depends_on: [${i === 0 ? '' : `s${random.between(0, i - 1)}`}]`,
      (i) => `, network_mode: ${i === 0 ? 'bridge' : '"service:s0"'}`,
      (i) => `, environment: {PASSWORD_${i}: "hidden-${i}-of-this", URL: "http://u:hidden-${i}-of-this@s${i}/"}`,
      (i) => `, volumes: ["v:/data", "v${i}:/v"], hostname: h${i}, networks: {default: {aliases: [a${i}, b]}}`,
      (i) => `, configs: [c${i}], command: ["$A${i}", "\${B${i}:-x}"]`,
      (i) =>
        `, healthcheck: {test: "curl localhost:${i + 1}"}, x-k8s: {Deployment: [{op: add, path: /metadata/labels/l, value: v}]}`,
    ]);
    const sections = range(count)
      .map((i) => `v${i}: {}`)
      .join();
    const configs = range(count).map(
      (i) => `c${i}: {${random.pick(['content: "$A"', 'file: ./compose.yaml', 'environment: E'])}}`,
    );
    return compose(
      `volumes: {v: {}, ${sections}}\nconfigs: {${configs.join()}}\n${services(range(count).map((i) => web(rest(i), `s${i}`)))}`,
    );
  },
  'variables in variables': (random) => {
    const [depth, repeat] = [times(random, 3_000), times(random, 200_000)];
    const nested = `${'${A:-'.repeat(depth)}x${'}'.repeat(depth)}`;
    const env = ['A0=xxxxxxxx', ...range(times(random, 100)).map((i) => `A${i + 1}=$A${i}$A${i}`)].join('\n');
    const text = random.pick([
      nested,
      '$A9'.repeat(repeat),
      '${'.repeat(repeat),
      '${A:-{'.repeat(depth),
      '$'.repeat(repeat),
    ]);
    return compose(services([web(`, user: ${JSON.stringify(text)}, env_file: a.env`)]), { '.env': env, 'a.env': env });
  },
  'long names': (random) => {
    const name = random.pick(['k', '/', '~', '.', '-', 'é', '💥', 'A_']).repeat(times(random, 200_000));
    return compose(
      `? ${JSON.stringify(name)}\n: [${'$a,'.repeat(times(random, 3_000))}]\n${services([web(`, labels: {? ${JSON.stringify(name)} : v}, user: ${JSON.stringify(name)}, ports: [${JSON.stringify(name)}]`), `  ? ${JSON.stringify(name)}\n  : {image: nginx}`])}`,
    );
  },
  'resets without end': (random) =>
    compose(
      `${services(range(200).map((i) => web(', labels: {a: b}', `s${i}`)))}\n---\n${services(range(times(random, 5_000)).map((i) => `  s${i}: {labels: !reset null, image: !override x}`))}`,
    ),
  'documents without end': (random) => compose(`${services([web()])}\n---\n`.repeat(times(random, 20_000))),
};

const FILE_TRICKS = [
  '../x',
  '/etc/passwd',
  'a//b',
  'a/./b',
  'C:\\x',
  'a\\b',
  'x\u0000y',
  'n'.repeat(600),
  `${'d/'.repeat(40)}x`,
  '__proto__',
  'compose.yaml/x',
];

/** The upload of a seed, the same each time. */
export async function hostileUpload(random: SeededRandom, corpus: readonly string[]): Promise<HostileUpload> {
  if (random.next() < 0.15) return { kind: 'an archive', archive: await hostileArchive(random, corpus) };
  const kind = random.pick(Object.keys(MAKERS));
  const files = MAKERS[kind]?.(random, corpus) ?? {};
  const trick = random.next() < 0.05 ? { [random.pick(FILE_TRICKS)]: 'x' } : {};
  return { kind, files: { ...files, ...trick } };
}

async function hostileArchive(random: SeededRandom, corpus: readonly string[]): Promise<Buffer> {
  const files: Record<string, ZippedFile> = { 'compose.yaml': { text: random.pick(corpus) } };
  const more = random.pick<() => void>([
    () => {
      for (const i of range(times(random, 3_000))) files[`f${i}`] = { text: 'x' };
    },
    () => {
      for (const i of range(times(random, 30))) files[`b${i}`] = { text: Buffer.alloc(times(random, 30_000_000)) };
    },
    () => {
      files['link'] = { text: '/etc/passwd', mode: 0o120777 };
    },
    () => {
      files['device'] = { text: '', mode: 0o060644 };
    },
  ]);
  more();
  const archive = await zipOf(files);
  for (const _ of range(random.between(0, 1) * times(random, 40))) {
    archive[random.between(0, archive.length - 1)] = random.between(0, 255);
  }
  return random.next() < 0.2 ? archive.subarray(0, random.between(0, archive.length)) : archive;
}
