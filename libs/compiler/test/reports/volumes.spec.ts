import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compileFile } from '../harness/compile-file.ts';
import { compileText } from '../harness/compile-text.ts';

describe('volume-by-selection', () => {
  const text = `
services:
  db: {image: "postgres:16", volumes: ["rows:/var/lib/postgresql/data"]}
  backup: {image: "postgres:16", profiles: [backup], volumes: ["rows:/rows:ro", "out:/out"]}
volumes: {rows: {}, out: {}}
`;

  it('is one claim with one place, whatever is selected and in whatever kind it is mounted', () => {
    const selections = [undefined, ['db'], ['backup'], ['db', 'backup']];
    const places = selections.map(
      (services) => compileText(text, {}, services === undefined ? {} : { services }).claims.rows,
    );
    expect(new Set(places)).toEqual(new Set(['demo-rows/data']));
  });
});

describe('two-projects', () => {
  it('that share all names share no claim and no config', () => {
    const project = (name: string) => `
name: ${name}
services: {web: {image: "nginx:1.27", volumes: ["data:/data"], configs: [page], secrets: [key]}}
configs: {page: {content: a}}
secrets: {key: {file: ./key.txt}}
volumes: {data: {}}
`;
    const kinds = /^(PersistentVolumeClaim|ConfigMap|Secret) /;
    const [one, two] = ['one', 'two'].map((name) =>
      compileText(project(name), { 'key.txt': 'x' }).names.filter((each) => kinds.test(each)),
    );
    expect(one?.filter((name) => two?.includes(name))).toEqual([]);
    expect(one).toHaveLength(3);
  });
});

describe('volumes-shared-in-a-chain', () => {
  it('keep all services of the chain together by one label and one term', () => {
    const { pod, objects } = compileText(`
services:
  a: {image: "acme/a:1", volumes: ["v1:/a"]}
  b: {image: "acme/b:1", volumes: ["v1:/a", "v2:/b"]}
  c: {image: "acme/c:1", volumes: ["v2:/b"]}
volumes: {v1: {}, v2: {}}
`);
    const affinities = ['a', 'b', 'c'].map((name) => JSON.stringify(pod(name).affinity));
    expect(new Set(affinities).size).toBe(1);
    expect(affinities[0]?.match(/topologyKey/g)).toHaveLength(1);
    const labels = objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => (spec as { template: { metadata: { labels: object } } }).template.metadata.labels);
    const shared = labels.map((each) => Object.keys(each).filter((key) => key.startsWith('volume.ushadow.io/')));
    expect(new Set(shared.flat()).size).toBe(1);
    expect(shared.every((each) => each.length === 1)).toBe(true);
  });
});

describe('overlapping-binds', () => {
  it('are one claim with sub-paths', () => {
    const { names, pod } = compileText(`
services:
  init: {image: "acme/init:1", volumes: ["./conf:/out"]}
  web: {image: "acme/web:1", volumes: ["./conf/web:/etc/web"]}
`);
    expect(names.filter((name) => name.startsWith('PersistentVolumeClaim'))).toHaveLength(1);
    expect(JSON.stringify(pod('web').containers)).toContain('"subPath":"web"');
  });
});

describe('one-volume-many-replicas', () => {
  it('of a database is refused, of anything else told with where the pods run', () => {
    const many = (image: string, target: string) =>
      compileText(
        `services: {a: {image: "${image}", deploy: {replicas: 3}, volumes: ["vol:${target}"]}}\nvolumes: {vol: {}}`,
      );
    expect(many('redis:7', '/data').findings).toContain('error CMP0915 /services/a/volumes/0');
    const web = many('acme/web:1', '/uploads');
    expect(web.findings).toContain('warning CMP0908 /services/a/volumes/0');
    expect(web.messages).toContain('they all run on that node');
    expect(JSON.stringify(web.pod('a').affinity)).toContain('kubernetes.io/hostname');
  });

  it('of every node is told with what happens there', () => {
    const { messages } = compileText(
      'services: {a: {image: "acme/a:1", deploy: {mode: global}, volumes: ["vol:/v"]}}\nvolumes: {vol: {}}',
    );
    expect(messages).toContain('on the other nodes it does not start');
  });
});

describe('paths-of-the-host', () => {
  const of = (path: string, target = '/x') =>
    compileText(`services: {a: {image: "acme/a:1", volumes: ["${path}:${target}"]}}`);

  it.each(['/etc/localtime', '/etc/timezone'])('that tell the time zone are left out: %s', (path) => {
    expect(of(path, path).pod('a').volumes).toBeUndefined();
  });

  it('that hold what is temporary are scratch space', () => {
    expect(of('/tmp/exchange').pod('a').volumes).toMatchObject([{ emptyDir: {} }]);
  });

  it.each([
    '/var/run/docker.sock',
    '/run/user/1000/podman/podman.sock',
    '/etc/ssl/certs',
    '/lib/modules',
    '/proc',
    '/',
  ])('that only a node has are the node’s, with a warning: %s', (path) => {
    const { pod, findings } = of(path);
    expect(pod('a').volumes).toMatchObject([{ hostPath: { path } }]);
    expect(findings).toContain('warning CMP0912 /services/a/volumes/0');
  });

  it.each(['/srv/media', '/mnt/nas/photos', '/opt/acme/data', './data'])('that hold data are a claim: %s', (path) => {
    expect(of(path).pod('a').volumes).toMatchObject([{ persistentVolumeClaim: {} }]);
  });
});

describe('image-content-below-volumes', () => {
  it('is copied in at first use where the image is known to have it', () => {
    const { pod, findings } = compileText(
      'services: {web: {image: "nginx:1.27", volumes: ["site:/usr/share/nginx/html"]}}\nvolumes: {site: {}}',
    );
    const [first] = pod('web').initContainers as unknown as readonly { image: string; volumeMounts: object[] }[];
    expect(first).toMatchObject({ image: 'nginx:1.27', volumeMounts: [{ name: 'site' }] });
    expect(findings).toContain('info CMP0940 /services/web/volumes/0');
  });

  it('is a warning where a reader waits for what only an unknown image has', () => {
    const { findings } = compileText(`
services:
  app: {image: "acme/app:1", volumes: ["static:/app/static"]}
  web: {image: "nginx:1.27", volumes: ["static:/usr/share/nginx/html:ro"]}
volumes: {static: {}}
`);
    expect(findings.filter((finding) => finding.startsWith('warning CMP0941'))).toHaveLength(1);
  });

  it('is nobody’s business where the image makes its data itself', () => {
    const { findings, pod } = compileText(
      'services: {db: {image: "postgres:17", volumes: ["rows:/var/lib/postgresql/data"]}}\nvolumes: {rows: {}}',
    );
    expect(pod('db').initContainers).toBeUndefined();
    expect(findings.join()).not.toMatch(/CMP094[01]/);
  });
});

describe('anonymous-below-bind', () => {
  it('tells that the dependencies of the image are not there', () => {
    const { findings } = compileText(
      'services: {web: {image: "acme/site:1", volumes: ["./src:/srv/site", /srv/site/node_modules]}}',
      { 'src/index.js': 'x' },
    );
    expect(findings).toContain('warning CMP0941 /services/web/volumes/1');
  });
});

describe('external-names', () => {
  it('are said once, as the namespace has to have them', () => {
    const { messages, names } = compileText(`
services:
  a: {image: "nginx:1.27", volumes: ["data:/data", "up:/up"], configs: [conf], secrets: [key]}
volumes: {data: {external: true}, up: {external: true, name: prod-uploads}}
configs: {conf: {external: true, name: my.conf}}
secrets: {key: {external: true}}
`);
    const claims = ['PersistentVolumeClaim "data"', 'PersistentVolumeClaim "prod-uploads"'];
    for (const name of [...claims, 'ConfigMap "my.conf"', 'Secret "key"']) expect(messages).toContain(name);
    expect(messages.match(/prod-uploads/g)).toHaveLength(1);
    expect(names.filter((name) => /^(PersistentVolumeClaim|ConfigMap|Secret) /.test(name))).toEqual([]);
  });
});

describe('links-out-of-the-folder', () => {
  it('are named and not followed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'links-'));
    try {
      mkdirSync(join(folder, 'conf'));
      writeFileSync(join(folder, 'conf/app.ini'), 'mode=example');
      writeFileSync(join(folder, 'outside'), 'not to be sent');
      symlinkSync('../outside', join(folder, 'conf/link-file'));
      symlinkSync('..', join(folder, 'conf/link-dir'));
      symlinkSync('nowhere', join(folder, 'conf/dangling'));
      writeFileSync(
        join(folder, 'compose.yaml'),
        'services: {app: {image: "acme/a:1", volumes: ["./conf:/etc/app:ro"]}}\n',
      );
      const { result, diagnostics } = compileFile([join(folder, 'compose.yaml')]);
      const text = JSON.stringify(result?.objects);
      expect(text).toContain('mode=example');
      expect(text).not.toContain('not to be sent');
      const said = diagnostics.map(({ message }) => message).join('\n');
      for (const link of ['link-file', 'link-dir']) expect(said).toContain(link);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
