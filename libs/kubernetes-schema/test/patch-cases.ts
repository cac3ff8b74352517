import type { JsonValue, KubeObject } from '@ushadow/kubernetes';

/** A patch and what `kubectl patch --local` makes of it. */
export interface PatchCase {
  readonly name: string;
  readonly type: 'strategic' | 'json';
  readonly object: KubeObject;
  readonly patch: JsonValue;
  readonly expected: KubeObject;
}

const deployment = (spec: Record<string, JsonValue>, strategy?: JsonValue): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { a: 'b' } },
    ...(strategy !== undefined && { strategy }),
    template: { metadata: { labels: { a: 'b' } }, spec },
  },
});
const patchPod = (spec: JsonValue): JsonValue => ({ spec: { template: { spec } } });
const web = {
  name: 'web',
  image: 'nginx',
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
};
const config: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', labels: { x: '1' }, finalizers: ['a.b/1'] },
  data: { a: '1', 'b/c': '2' },
};
const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's' },
  spec: {
    ports: [
      { name: 'http', port: 80 },
      { name: 'b', port: 81 },
    ],
    externalIPs: ['10.0.0.1'],
  },
};

export const patchCases: readonly PatchCase[] = [
  {
    name: 'merges containers and variables by name and appends new ones',
    type: 'strategic',
    object: deployment({ containers: [web] }),
    patch: patchPod({
      containers: [
        {
          name: 'web',
          env: [
            { name: 'B', value: 'x' },
            { name: 'C', value: '3' },
          ],
        },
        { name: 'side', image: 'envoy' },
      ],
    }),
    expected: deployment({
      containers: [
        {
          ...web,
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: 'x' },
            { name: 'C', value: '3' },
          ],
        },
        { name: 'side', image: 'envoy' },
      ],
    }),
  },
  {
    name: 'removes an entry with $patch: delete',
    type: 'strategic',
    object: deployment({ containers: [web] }),
    patch: patchPod({ containers: [{ name: 'web', env: [{ name: 'A', $patch: 'delete' }] }] }),
    expected: deployment({ containers: [{ ...web, env: [{ name: 'B', value: '2' }] }] }),
  },
  {
    name: 'replaces a list with $patch: replace',
    type: 'strategic',
    object: deployment({ containers: [web] }),
    patch: patchPod({ containers: [{ name: 'web', env: [{ $patch: 'replace' }, { name: 'Z', value: 'z' }] }] }),
    expected: deployment({ containers: [{ ...web, env: [{ name: 'Z', value: 'z' }] }] }),
  },
  {
    name: 'replaces lists without a key, such as args',
    type: 'strategic',
    object: deployment({ containers: [{ ...web, args: ['a', 'b'] }] }),
    patch: patchPod({ containers: [{ name: 'web', args: ['c'] }] }),
    expected: deployment({ containers: [{ ...web, args: ['c'] }] }),
  },
  {
    name: 'replaces tolerations, which have no key',
    type: 'strategic',
    object: deployment({ containers: [web], tolerations: [{ key: 'a', operator: 'Exists' }] }),
    patch: patchPod({ tolerations: [{ key: 'b', operator: 'Exists' }] }),
    expected: deployment({ containers: [web], tolerations: [{ key: 'b', operator: 'Exists' }] }),
  },
  {
    name: 'merges volumes by name and changes their kind with $retainKeys',
    type: 'strategic',
    object: deployment({
      containers: [web],
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'w', emptyDir: {} },
      ],
    }),
    patch: patchPod({ volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] }),
    expected: deployment({
      containers: [web],
      volumes: [
        { name: 'v', hostPath: { path: '/x' } },
        { name: 'w', emptyDir: {} },
      ],
    }),
  },
  {
    name: 'removes a field with null',
    type: 'strategic',
    object: deployment({ containers: [web], hostname: 'h' }),
    patch: patchPod({ hostname: null, subdomain: null }),
    expected: deployment({ containers: [web] }),
  },
  {
    name: 'replaces an object with $patch: replace',
    type: 'strategic',
    object: deployment(
      { containers: [web], nodeSelector: { a: '1' } },
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    ),
    patch: {
      spec: { strategy: { $patch: 'replace', type: 'Recreate' }, template: { spec: { nodeSelector: { b: '2' } } } },
    },
    expected: deployment({ containers: [web], nodeSelector: { a: '1', b: '2' } }, { type: 'Recreate' }),
  },
  {
    name: 'merges Service ports by port',
    type: 'strategic',
    object: service,
    patch: {
      spec: {
        ports: [
          { port: 81, nodePort: 30081 },
          { name: 'c', port: 82 },
        ],
        type: 'NodePort',
      },
    },
    expected: {
      ...service,
      spec: {
        ports: [
          { name: 'http', port: 80 },
          { name: 'b', port: 81, nodePort: 30081 },
          { name: 'c', port: 82 },
        ],
        externalIPs: ['10.0.0.1'],
        type: 'NodePort',
      },
    },
  },
  {
    name: 'merges plain values where the API says so',
    type: 'strategic',
    object: config,
    patch: { metadata: { finalizers: ['a.b/2', 'a.b/1'], labels: { y: '2' } } },
    expected: { ...config, metadata: { name: 'c', labels: { x: '1', y: '2' }, finalizers: ['a.b/2', 'a.b/1'] } },
  },
  {
    name: 'removes plain values',
    type: 'strategic',
    object: config,
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a.b/1'] } },
    expected: { ...config, metadata: { name: 'c', labels: { x: '1' }, finalizers: [] } },
  },
  {
    name: 'puts new entries before those the patch does not name',
    type: 'strategic',
    object: deployment({ containers: [web] }),
    patch: patchPod({
      containers: [
        { name: 'web', env: [{ name: 'C', value: '3' }] },
        { name: 'side', image: 'envoy' },
      ],
    }),
    expected: deployment({
      containers: [
        {
          ...web,
          env: [
            { name: 'C', value: '3' },
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        { name: 'side', image: 'envoy' },
      ],
    }),
  },
  {
    name: 'takes the order of the patch, and leaves the others where they stood',
    type: 'strategic',
    object: deployment({
      containers: [
        { name: 'a', image: '1' },
        { name: 'b', image: '2' },
        { name: 'c', image: '3' },
      ],
    }),
    patch: patchPod({
      containers: [
        { name: 'c', tty: true },
        { name: 'd', image: '4' },
        { name: 'b', tty: true },
      ],
    }),
    expected: deployment({
      containers: [
        { name: 'a', image: '1' },
        { name: 'c', image: '3', tty: true },
        { name: 'd', image: '4' },
        { name: 'b', image: '2', tty: true },
      ],
    }),
  },
  {
    name: 'adds, replaces and removes',
    type: 'json',
    object: config,
    patch: [
      { op: 'add', path: '/data/d', value: '4' },
      { op: 'replace', path: '/data/b~1c', value: 'x' },
      { op: 'remove', path: '/metadata/labels/x' },
    ],
    expected: {
      ...config,
      metadata: { name: 'c', labels: {}, finalizers: ['a.b/1'] },
      data: { a: '1', 'b/c': 'x', d: '4' },
    },
  },
  {
    name: 'inserts into lists and appends',
    type: 'json',
    object: service,
    patch: [
      { op: 'add', path: '/spec/ports/1', value: { name: 'x', port: 1 } },
      { op: 'add', path: '/spec/ports/-', value: { name: 'y', port: 2 } },
      { op: 'remove', path: '/spec/ports/0' },
    ],
    expected: {
      ...service,
      spec: {
        ports: [
          { name: 'x', port: 1 },
          { name: 'b', port: 81 },
          { name: 'y', port: 2 },
        ],
        externalIPs: ['10.0.0.1'],
      },
    },
  },
  {
    name: 'moves, copies and tests',
    type: 'json',
    object: config,
    patch: [
      { op: 'test', path: '/data', value: { 'b/c': '2', a: '1' } },
      { op: 'copy', from: '/data/a', path: '/data/e' },
      { op: 'move', from: '/data/b~1c', path: '/data/f' },
    ],
    expected: { ...config, data: { a: '1', e: '1', f: '2' } },
  },
];
