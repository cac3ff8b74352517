import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { StackObjects } from '../content/stack-content.ts';
import { manifestFiles } from './manifest-files.ts';
import { writeManifests } from './manifest-folder.ts';

const stackId = '00000000-0000-4000-8000-00000000000a';
const otherId = '00000000-0000-4000-8000-00000000000b';
const clusterId = '0123456789abcdef';
const place = { clusterId, namespace: 'shop', stackId };

const object = (
  kind: string,
  service: string,
  name: string,
  rest: Readonly<Record<string, JsonValue>> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop', labels: { 'app.kubernetes.io/name': service } },
  ...rest,
});

const contentOf = (objects: readonly KubeObject[], masks: readonly string[] = []): StackObjects => ({
  objects: objects.map((each) => ({ object: each, services: ['web'] })),
  ...{ dependencies: [], sourceMap: [], services: {}, filesDigest: null, masks },
});

describe('the folder of manifests', () => {
  let outside: string;
  let root: string;

  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'ushadow-manifests-'));
    root = join(outside, 'manifests');
  });
  afterEach(() => {
    rmSync(outside, { recursive: true, force: true });
  });

  const write = (objects: readonly KubeObject[], where = place, masks: readonly string[] = []) =>
    writeManifests(root, where, (taken) => manifestFiles(contentOf(objects, masks), (text) => text, taken));
  const shown = (): readonly string[] =>
    readdirSync(join(root, clusterId, 'shop')).filter((name) => !name.startsWith('.'));
  const all = (): readonly string[] => readdirSync(outside, { recursive: true }).map(String).sort();

  it('has {cluster_id}/{namespace}/{service}-{kind}.yaml for an operator to look at (R101, R102)', async () => {
    await write([
      object('Deployment', 'mem0-ui', 'mem0-ui'),
      object('ConfigMap', 'mem0-ui', 'mem0-ui-config'),
      object('Service', 'mem0-ui', 'mem0-ui'),
    ]);
    expect(shown()).toEqual(['mem0-ui-configmap.yaml', 'mem0-ui-deployment.yaml', 'mem0-ui-service.yaml']);
  });

  it('gives several of one kind names of their own (R102)', async () => {
    await write([object('ConfigMap', 'web', 'web-config'), object('ConfigMap', 'web', 'web-files')]);
    expect(shown()).toEqual(['web-config-configmap.yaml', 'web-files-configmap.yaml']);
  });

  it('shows the ports of a Deployment as they were applied (R110)', async () => {
    const ports = [{ name: 'http', containerPort: 8080 }];
    await write([
      object('Deployment', 'web', 'web', { spec: { template: { spec: { containers: [{ name: 'web', ports }] } } } }),
    ]);
    const text = readFileSync(join(root, clusterId, 'shop', 'web-deployment.yaml'), 'utf8');
    expect(text).toContain('ports:\n        - name: http\n          containerPort: 8080\n');
  });

  it('is for its owner alone, and holds no secret, wherever that stands', async () => {
    const canary = 'canary-in-a-secret';
    await write(
      [
        object('Secret', 'web', 'web-secrets', { data: { TOKEN: Buffer.from(canary).toString('base64') } }),
        object('ConfigMap', 'web', 'web-config', {
          data: { url: `https://x:${canary}@y`, word: 'canary-in-a-command' },
        }),
      ],
      place,
      ['canary-in-a-command'],
    );
    const texts = shown().map((name) => readFileSync(join(root, clusterId, 'shop', name), 'utf8'));
    expect(texts.join('')).not.toMatch(/canary|Y2FuYXJ5/);
    expect(texts.join('')).toContain('TOKEN: "[redacted]"');
    for (const path of all()) {
      const stat = statSync(join(outside, path));
      expect([path, (stat.mode & 0o777).toString(8)]).toEqual([path, stat.isDirectory() ? '700' : '600']);
    }
  });

  it('loses what is gone, and keeps what another stack has in the same namespace', async () => {
    await write([object('Service', 'api', 'api')], { ...place, stackId: otherId });
    await write([object('Service', 'web', 'web'), object('ConfigMap', 'web', 'web-config')]);
    await write([object('Service', 'web', 'web')]);
    expect(shown()).toEqual(['api-service.yaml', 'web-service.yaml']);
    await write([]);
    expect(shown()).toEqual(['api-service.yaml']);
    await write([], { ...place, stackId: otherId });
    expect(readdirSync(root)).toEqual([]);
  });

  it('takes no name that another stack has there', async () => {
    await write([object('Service', 'web', 'theirs')], { ...place, stackId: otherId });
    await write([object('Service', 'web', 'ours')]);
    expect(shown()).toEqual(['ours-service.yaml', 'web-service.yaml']);
    expect(readFileSync(join(root, clusterId, 'shop', 'web-service.yaml'), 'utf8')).toContain('name: theirs');
  });

  it('is never left, whatever objects, namespaces and lists of files are called', async () => {
    const hostile = ['../../up', '/etc/x', '..', '.', 'a/b', 'a\u0000b', 'x'.repeat(300), '.hidden', '\u202e', ''];
    await write(hostile.map((name) => object('ConfigMap', name, name)));
    await write(hostile.map((name) => ({ ...object('ConfigMap', 'web', name), kind: name })));
    for (const path of all()) expect(path.split(sep)[0]).toBe('manifests');
    await expect(write([object('Service', 'web', 'web')], { ...place, namespace: '../up' })).rejects.toThrow();
    await expect(write([object('Service', 'web', 'web')], { ...place, clusterId: '..' })).rejects.toThrow();
    writeFileSync(join(outside, 'kept.yaml'), 'kept');
    writeFileSync(join(root, clusterId, 'shop', `.${stackId}.json`), JSON.stringify(['../../../kept.yaml', 7]));
    await write([]);
    expect(readFileSync(join(outside, 'kept.yaml'), 'utf8')).toBe('kept');
  });

  it('follows no link out of it', async () => {
    mkdirSync(join(outside, 'elsewhere'));
    mkdirSync(join(root, clusterId), { recursive: true });
    symlinkSync(join(outside, 'elsewhere'), join(root, clusterId, 'shop'));
    await expect(write([object('Service', 'web', 'web')])).rejects.toThrow('no folder');
    expect(readdirSync(join(outside, 'elsewhere'))).toEqual([]);
  });
});
