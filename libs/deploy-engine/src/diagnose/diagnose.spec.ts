import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { ClusterView } from '../watch/cluster-view.ts';
import { CauseLedger } from './cause-ledger.ts';
import { diagnoseObject } from './diagnose-object.ts';
import { indexEvents } from './event-facts.ts';
import type { Finding } from './finding.ts';

const image = 'registry.example/app:1';
type Fields = Record<string, unknown>;

const meta = (name: string, uid: string, owner?: string): Fields => ({
  name,
  namespace: 'n',
  uid,
  ...(owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Job', name: 'j', uid: owner }] }),
});
const workload = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: meta('j', 'job'),
  status: {},
} as unknown as KubeObject;
const claim = (phase: string, conditions: Fields[] = []): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('data', 'claim'),
    status: { phase, conditions },
  }) as unknown as KubeObject;
const pod = (status: Fields): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('p', 'pod', 'job'),
    spec: { initContainers: [{ name: 'init', image }], containers: [{ name: 'main', image }] },
    status,
  }) as unknown as KubeObject;
const event = (uid: string, reason: string, message: string, index: number): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `e${index}`, namespace: 'n' },
    involvedObject: { uid, fieldPath: 'spec.containers{main}' },
    reason,
    message,
    count: 1,
  }) as unknown as KubeObject;

const waiting = (reason: string, message = '', more: Fields = {}): Fields => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'main', ready: false, restartCount: 0, state: { waiting: { reason, message } }, ...more },
  ],
});
const restarted = (exitCode: number, reason: string, restartCount = 3): Fields =>
  waiting('CrashLoopBackOff', 'back-off', { restartCount, lastState: { terminated: { exitCode, reason } } });
const condition = (type: string, reason: string, message: string): Fields => ({
  phase: 'Pending',
  conditions: [{ type, status: 'False', reason, message }],
});

interface Row {
  readonly code: string;
  readonly status?: Fields;
  readonly object?: KubeObject;
  readonly events?: readonly (readonly [uid: string, reason: string, message: string])[];
}

/** One fixture for each cause, with the texts of kubelets and controllers. */
const ROWS: readonly Row[] = [
  { code: 'IMAGE_NOT_FOUND', status: waiting('ErrImagePull', 'manifest unknown: not found') },
  {
    code: 'IMAGE_NOT_FOUND',
    status: waiting('ImagePullBackOff', 'Back-off pulling image'),
    events: [['pod', 'Failed', 'Failed to pull image: repository does not exist']],
  },
  { code: 'IMAGE_AUTH_REQUIRED', status: waiting('ErrImagePull', 'pull access denied, authorization failed') },
  { code: 'IMAGE_AUTH_REQUIRED', status: waiting('ImagePullBackOff', 'unexpected status: 401 Unauthorized') },
  { code: 'REGISTRY_UNREACHABLE', status: waiting('ErrImagePull', 'dial tcp: lookup registry.example: no such host') },
  {
    code: 'REGISTRY_TLS',
    status: waiting('ErrImagePull', 'tls: failed to verify certificate: x509: unknown authority'),
  },
  { code: 'REGISTRY_RATE_LIMITED', status: waiting('ErrImagePull', '429 Too Many Requests - toomanyrequests') },
  { code: 'IMAGE_PULL_FAILED', status: waiting('ImagePullBackOff', 'something new') },
  { code: 'IMAGE_NAME_INVALID', status: waiting('InvalidImageName', 'invalid reference format') },
  { code: 'IMAGE_NEVER_PULL', status: waiting('ErrImageNeverPull', '') },
  { code: 'CONFIG_REF_MISSING', status: waiting('CreateContainerConfigError', 'configmap "c" not found') },
  { code: 'CONTAINER_START_FAILED', status: waiting('CreateContainerError', 'exec: "serve": not found in $PATH') },
  { code: 'CONTAINER_START_FAILED', status: restarted(127, 'Error', 1) },
  { code: 'WRONG_ARCHITECTURE', status: waiting('RunContainerError', 'exec /app: exec format error') },
  { code: 'CRASH_LOOP', status: restarted(1, 'Error') },
  {
    code: 'POD_FAILED',
    status: {
      phase: 'Failed',
      containerStatuses: [
        { name: 'main', ready: false, restartCount: 0, state: { terminated: { exitCode: 3, reason: 'Error' } } },
      ],
    },
  },
  { code: 'OOM_KILLED', status: restarted(137, 'OOMKilled') },
  {
    code: 'PROBE_LIVENESS_FAILED',
    status: restarted(137, 'Error'),
    events: [['pod', 'Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 404']],
  },
  {
    code: 'PROBE_STARTUP_FAILED',
    status: restarted(143, 'Error'),
    events: [['pod', 'Unhealthy', 'Startup probe failed: connection refused']],
  },
  {
    code: 'PROBE_READINESS_FAILED',
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'main', ready: false, restartCount: 0, state: { running: {} } }],
    },
    events: [['pod', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503']],
  },
  {
    code: 'INIT_CONTAINER_FAILED',
    status: {
      phase: 'Pending',
      initContainerStatuses: [
        {
          name: 'init',
          ready: false,
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1 } },
        },
      ],
      containerStatuses: [
        { name: 'main', ready: false, restartCount: 0, state: { waiting: { reason: 'PodInitializing' } } },
      ],
    },
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    status: waiting('PostStartHookError', ''),
    events: [['pod', 'FailedPostStartHook', 'Exec lifecycle hook failed']],
  },
  {
    code: 'UNSCHEDULABLE',
    status: condition('PodScheduled', 'Unschedulable', '0/2 nodes are available: 2 Insufficient cpu.'),
  },
  { code: 'SCHEDULING_GATED', status: condition('PodScheduled', 'SchedulingGated', 'Scheduling is blocked') },
  {
    code: 'VOLUME_MOUNT_FAILED',
    status: waiting('ContainerCreating'),
    events: [['pod', 'FailedMount', 'MountVolume.SetUp failed: secret "s" not found']],
  },
  {
    code: 'SANDBOX_FAILED',
    status: waiting('ContainerCreating'),
    events: [['pod', 'FailedCreatePodSandBox', 'network plugin is not ready']],
  },
  {
    code: 'POD_EVICTED',
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
  },
  { code: 'NODE_NOT_READY', status: { phase: 'Running', reason: 'NodeLost', message: 'Node n unresponsive' } },
  {
    code: 'QUOTA_EXCEEDED',
    events: [['job', 'FailedCreate', 'pods "x" is forbidden: exceeded quota: q, requested: pods=1']],
  },
  {
    code: 'LIMIT_RANGE_VIOLATED',
    events: [['job', 'FailedCreate', 'maximum cpu usage per Container is 1, but limit is 2']],
  },
  {
    code: 'POD_SECURITY_VIOLATED',
    events: [['job', 'FailedCreate', 'violates PodSecurity "restricted:latest": runAsNonRoot']],
  },
  { code: 'SERVICE_ACCOUNT_MISSING', events: [['job', 'FailedCreate', 'serviceaccount "x" not found']] },
  { code: 'ADMISSION_DENIED', events: [['job', 'FailedCreate', 'admission webhook "w" denied the request: no']] },
  { code: 'POD_CREATE_FAILED', events: [['job', 'FailedCreate', 'something new']] },
  { code: 'PVC_LOST', object: claim('Lost') },
  {
    code: 'PVC_PROVISIONING_FAILED',
    object: claim('Pending'),
    events: [['claim', 'ProvisioningFailed', 'storageclass.storage.k8s.io "gold" not found']],
  },
  {
    code: 'PVC_PENDING',
    object: claim('Pending'),
    events: [['claim', 'FailedBinding', 'no persistent volumes available']],
  },
  {
    code: 'PVC_RESIZE_PENDING',
    object: claim('Bound', [
      { type: 'FileSystemResizePending', status: 'True', message: 'Waiting for user to restart' },
    ]),
  },
];

function find({ status, object = workload, events = [] }: Row): Finding[] {
  const view = new ClusterView();
  view.put(object);
  if (status !== undefined) view.put(pod(status));
  events.forEach(([uid, reason, message], index) => view.put(event(uid, reason, message, index)));
  return diagnoseObject(object, view, indexEvents(view)).sort((a, b) => a.rank - b.rank);
}

describe('causes (R117 to R122)', () => {
  it.each(ROWS)('$code is recognised, with evidence and what to do', (row) => {
    const [first] = find(row);
    expect(first?.code).toBe(row.code);
    expect(first?.evidence.length).toBeGreaterThan(0);
    expect(first?.remedy).not.toBe('');
  });

  it('of pod creation that are older than the last write are history', () => {
    const failedAt = '2026-01-01T00:00:00Z';
    const view = new ClusterView();
    view.put(workload);
    view.put({ ...event('job', 'FailedCreate', 'exceeded quota: q', 0), lastTimestamp: failedAt });
    const codes = (writtenAt: number): string[] =>
      diagnoseObject(workload, view, indexEvents(view), writtenAt).map(({ code }) => code);
    expect(codes(Date.parse(failedAt) + 60_000)).toEqual([]);
    expect(codes(Date.parse(failedAt) - 60_000)).toEqual(['QUOTA_EXCEEDED']);
  });

  it('R118: names the image and its registry', () => {
    const [first] = find({ code: '', status: waiting('ErrImagePull', 'manifest unknown') });
    expect(first?.message).toBe(`image ${image} does not exist on registry.example`);
  });

  it('of scheduling wait while a volume is being made or an autoscaler brings a node', () => {
    const volume = condition('PodScheduled', 'Unschedulable', 'pod has unbound immediate PersistentVolumeClaims.');
    const full = condition('PodScheduled', 'Unschedulable', '0/2 nodes are available: 2 Insufficient cpu.');
    const scaling: Row['events'] = [['pod', 'TriggeredScaleUp', 'pod triggered scale-up']];
    expect(find({ code: '', status: volume })[0]?.finality).toEqual({ kind: 'wait' });
    expect(find({ code: '', status: full, events: scaling })[0]?.finality).toEqual({ kind: 'after', ms: 300_000 });
    expect(find({ code: '', status: full })[0]?.finality).toEqual({ kind: 'after', ms: 15_000 });
  });

  it('R121: explains the exit code', () => {
    const [first] = find({ code: '', status: restarted(139, 'Error') });
    expect(first?.message).toContain('exit code 139 (killed by SIGSEGV)');
  });

  it('are found from the status alone, when all events are lost', () => {
    const withEvents = ROWS.filter(({ status, events }) => status !== undefined && events !== undefined);
    const silent = withEvents.map((row) => find({ code: row.code, status: row.status ?? {} })[0]?.family);
    expect(silent.filter((family) => family !== undefined)).toEqual(['image', 'crash', 'crash']);
  });

  it('are none for a healthy pod', () => {
    const status = {
      phase: 'Running',
      containerStatuses: [{ name: 'main', ready: true, restartCount: 4, state: { running: {} } }],
    };
    expect(find({ code: '', status })).toEqual([]);
  });
});

describe('the ledger of causes', () => {
  const object = objectId(workload);
  const see = (ledger: CauseLedger, row: Omit<Row, 'code'>, now: number): ReturnType<CauseLedger['update']> =>
    ledger.update(
      find({ code: '', ...row }).map((finding) => ({ object, finding })),
      now,
    );
  const [pull, backOff] = [waiting('ErrImagePull', 'not found'), waiting('ImagePullBackOff', 'Back-off pulling image')];

  it('needs time and a second sighting before a missing image is final', () => {
    const ledger = new CauseLedger();
    expect(see(ledger, { status: pull }, 0).raised[0]?.severity).toBe('pending');
    expect(see(ledger, { status: pull }, 30_000).raised).toEqual([]);
    expect(see(ledger, { status: backOff }, 31_000).raised[0]?.severity).toBe('final');
  });

  it('does not count the same status read twice', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    see(ledger, { status: pull }, 1);
    expect(ledger.causes(1)[0]?.sightings).toBe(1);
  });

  it('does not forget that the image was not found when the kubelet only says that it backs off', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    see(ledger, { status: backOff }, 5_000);
    expect(ledger.causes(5_000).map(({ code }) => code)).toEqual(['IMAGE_NOT_FOUND']);
  });

  it('clears what is no longer seen', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: pull }, 0);
    expect(see(ledger, {}, 1).cleared.map(({ code }) => code)).toEqual(['IMAGE_NOT_FOUND']);
    expect(ledger.causes(1)).toEqual([]);
  });

  it('tells when time alone will make a cause final', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: condition('PodScheduled', 'Unschedulable', 'no') }, 1_000);
    expect(ledger.nextFinalAt()).toBe(16_000);
    expect(ledger.causes(16_000)[0]?.severity).toBe('final');
  });

  it('is final after three restarts', () => {
    const ledger = new CauseLedger();
    see(ledger, { status: restarted(1, 'Error', 2) }, 0);
    expect(ledger.causes(0)[0]?.severity).toBe('pending');
    see(ledger, { status: restarted(1, 'Error', 3) }, 1);
    expect(ledger.causes(1)[0]?.severity).toBe('final');
  });
});
