import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { ClusterPort, DesiredState } from '../src/index.ts';
import { LiveRun } from './testing/live-run.ts';
import { deployment } from './testing/objects.ts';
import {
  SimulatedKubelet,
  UNTOUCHED,
  conditions,
  container,
  crashed,
  ended,
  waiting,
} from './testing/simulated-kubelet.ts';
import { testConnection, uniqueName } from './testing/run-deployment.ts';
import { withoutEvents } from './testing/without-events.ts';

jest.setTimeout(60_000);

const MAX_DELAY_MS = 5_000;
const main = 'spec.template.spec.containers[name="main"]';
const probe = { httpGet: { path: '/health', port: 8080 } };

type Fields = Readonly<Record<string, unknown>>;
interface Row {
  readonly code: string;
  readonly status: Fields;
  /** What the node says beside it, of the container. */
  readonly event?: readonly [reason: string, message: string];
  readonly field: string;
  /** True when nothing in the status shows this code; it is then another one, or none. */
  readonly onlyByEvent?: boolean;
  readonly severity?: string;
  readonly podSpec?: Fields;
}

/** What no real node is made to do in `e2e/node`. */
const ROWS: readonly Row[] = [
  {
    code: 'REGISTRY_TLS',
    status: waiting('ErrImagePull', 'failed to do request: tls: failed to verify certificate: x509: unknown authority'),
    field: `${main}.image`,
  },
  {
    code: 'REGISTRY_RATE_LIMITED',
    status: waiting('ErrImagePull', 'unexpected status code 429 Too Many Requests - toomanyrequests: pull rate limit'),
    field: `${main}.image`,
  },
  {
    code: 'IMAGE_NAME_INVALID',
    status: waiting('InvalidImageName', 'invalid reference format'),
    field: `${main}.image`,
    severity: 'final',
  },
  {
    code: 'IMAGE_NEVER_PULL',
    status: waiting('ErrImageNeverPull', 'not present'),
    field: `${main}.imagePullPolicy`,
    severity: 'final',
  },
  { code: 'IMAGE_PULL_FAILED', status: waiting('ImagePullBackOff', 'something new'), field: `${main}.image` },
  {
    code: 'CONTAINER_START_FAILED',
    status: crashed(128, 'StartError', 1, 'unable to start container process: exec: "serve": not found in $PATH'),
    field: `${main}.command`,
    podSpec: { containers: [{ name: 'main', image: UNTOUCHED, command: ['serve'] }] },
  },
  {
    code: 'WRONG_ARCHITECTURE',
    status: crashed(128, 'StartError', 1, 'unable to start container process: exec /app: exec format error'),
    field: `${main}.image`,
  },
  {
    code: 'INIT_CONTAINER_FAILED',
    status: {
      phase: 'Pending',
      initContainerStatuses: [
        {
          ...container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 3, lastState: ended(1, 'Error') }),
          name: 'prepare',
        },
      ],
    },
    field: 'spec.template.spec.initContainers[name="prepare"]',
    severity: 'final',
    podSpec: {
      initContainers: [{ name: 'prepare', image: UNTOUCHED }],
      containers: [{ name: 'main', image: UNTOUCHED }],
    },
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    status: waiting('PostStartHookError', 'exec hook failed'),
    event: ['FailedPostStartHook', 'Exec lifecycle hook ([false]) failed'],
    field: `${main}.lifecycle.postStart`,
  },
  {
    code: 'PROBE_STARTUP_FAILED',
    status: crashed(143, 'Error', 2),
    event: ['Unhealthy', 'Startup probe failed: dial tcp 10.0.0.1:8080: connect: connection refused'],
    field: `${main}.startupProbe`,
    severity: 'final',
    podSpec: { containers: [{ name: 'main', image: UNTOUCHED, startupProbe: probe }] },
  },
  {
    code: 'SANDBOX_FAILED',
    status: { ...waiting('ContainerCreating'), ...conditions(['PodReadyToStartContainers', 'False']) },
    event: ['FailedCreatePodSandBox', 'network plugin is not ready'],
    field: 'spec.template.spec',
    // Every start looks so for a while; it is reported only when it lasts.
    onlyByEvent: true,
  },
  {
    code: 'POD_EVICTED',
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
    field: `${main}.resources`,
  },
  {
    code: 'NODE_NOT_READY',
    status: { phase: 'Running', ...conditions(['ContainersReady', 'True'], ['Ready', 'False']) },
    event: ['NodeNotReady', 'Node is not ready'],
    field: 'spec.template.spec',
  },
];

const cluster = new KubernetesTransport(testConnection());
const namespace = uniqueName('causes');
const kubelet = new SimulatedKubelet(namespace, cluster);
let count = 0;

beforeAll(async () => {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager: 'test' });
});

afterAll(async () => {
  await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
  await cluster.close();
});

/** A Deployment as if it came from line 7 of a Compose file. */
function wanted(podSpec: Fields = {}): {
  readonly name: string;
  readonly desired: DesiredState;
  readonly object: KubeObject;
} {
  const name = `app-${count++}`;
  const spec = { containers: [{ name: 'main', image: UNTOUCHED }], ...podSpec };
  const object = deployment(namespace, name, spec, { template: { metadata: { labels: { app: name } }, spec } });
  const sources = [
    { object: objectId(object), pointer: '', path: `/services/${name}`, file: 'compose.yaml', line: 7, column: 3 },
  ];
  return { name, desired: { objects: [object], dependencies: [], sources }, object };
}

async function play(row: Row, port: ClusterPort): Promise<{ run: LiveRun; reportedAt: number }> {
  const { name, desired } = wanted(row.podSpec);
  const run = new LiveRun(desired, port);
  const pod = await kubelet.pod(`app=${name}`);
  const reportedAt = await kubelet.report(pod, row.status);
  if (row.event !== undefined) await kubelet.tell(pod, ...row.event, 'main');
  return { run, reportedAt };
}

describe('a cause that shows in a pod (R117 to R122)', () => {
  it.each(ROWS)(
    '$code: raised within 5 s of the node’s report, with object, evidence and the line to change',
    async (row) => {
      const { run, reportedAt } = await play(row, cluster);
      const { cause, at } = await run.cause(row.code);
      expect(at - reportedAt).toBeLessThan(MAX_DELAY_MS);
      expect(cause).toMatchObject({
        field: row.field,
        object: { kind: 'Deployment' },
        source: { file: 'compose.yaml', line: 7 },
      });
      expect(cause.evidence.length).toBeGreaterThan(0);
      expect(cause.remedy).not.toBe('');
      const result = row.severity === 'final' ? await run.result : await run.cancel();
      if (row.severity === 'final')
        expect(result).toMatchObject({ verdict: 'failed', failure: { code: row.code, field: row.field } });
      // Nothing may stand above it.
      expect(result.causes[0]?.code).toBe(row.code);
    },
  );

  it.each(ROWS.filter(({ onlyByEvent }) => onlyByEvent !== true))('$code: known without any event', async (row) => {
    const { run, reportedAt } = await play(row, withoutEvents(cluster));
    const { at } = await run.cause(row.code);
    expect(at - reportedAt).toBeLessThan(MAX_DELAY_MS);
    const { causes } = await run.cancel();
    expect(causes[0]?.code).toBe(row.code);
    expect(causes[0]?.evidence.filter(({ kind }) => kind === 'event')).toEqual([]);
  });
});

describe('a pod that cannot be scheduled yet', () => {
  it('SCHEDULING_GATED: says who is to open the gate', async () => {
    const { desired } = wanted({ schedulingGates: [{ name: 'example.org/approval' }] });
    const run = new LiveRun(desired, cluster);
    const { cause } = await run.cause('SCHEDULING_GATED');
    expect(cause).toMatchObject({ severity: 'pending', source: { line: 7 } });
    expect(cause.remedy).toContain('example.org/approval');
    await run.cancel();
  });
});
