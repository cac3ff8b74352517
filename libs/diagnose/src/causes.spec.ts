import { describe, expect, it } from '@jest/globals';
import type { ObservedPod } from '../test/diagnosis.ts';
import { claim, condition, event, find, image, pod, restarted, running, waiting } from '../test/diagnosis.ts';

const main = 'spec.template.spec.containers[name="main"]';

interface Row extends ObservedPod {
  readonly code: string;
  /** What to change. */
  readonly field?: string;
  /** What is found when every event is lost; the same code by default. */
  readonly silent?: string | undefined;
}

/** One fixture for each cause, with the texts of kubelets and controllers. */
const ROWS: readonly Row[] = [
  { code: 'IMAGE_NOT_FOUND', status: waiting('ErrImagePull', 'manifest unknown: not found'), field: `${main}.image` },
  {
    code: 'IMAGE_NOT_FOUND',
    status: waiting('ImagePullBackOff', 'Back-off pulling image'),
    events: [['pod', 'Failed', 'Failed to pull image: repository does not exist']],
    silent: 'IMAGE_PULL_FAILED',
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
  {
    code: 'IMAGE_NAME_INVALID',
    status: waiting('InvalidImageName', 'invalid reference format'),
    field: `${main}.image`,
  },
  { code: 'IMAGE_NEVER_PULL', status: waiting('ErrImageNeverPull', ''), field: `${main}.imagePullPolicy` },
  {
    code: 'CONFIG_REF_MISSING',
    status: waiting('CreateContainerConfigError', "couldn't find key mode in ConfigMap n/settings"),
    field: `${main}.env[name="MODE"]`,
  },
  {
    code: 'CONFIG_REF_MISSING',
    status: waiting('CreateContainerConfigError', 'secret "keys" not found'),
    field: `${main}.envFrom[0]`,
  },
  {
    code: 'CONTAINER_START_FAILED',
    status: waiting('CreateContainerError', 'exec: "serve": not found in $PATH'),
    field: `${main}.command`,
  },
  { code: 'CONTAINER_START_FAILED', status: restarted(127, 'Error', 1) },
  { code: 'WRONG_ARCHITECTURE', status: waiting('RunContainerError', 'exec /app: exec format error') },
  { code: 'WRONG_ARCHITECTURE', status: restarted(1, 'Error', 1), log: ['exec /app: exec format error'] },
  { code: 'CRASH_LOOP', status: restarted(1, 'Error'), field: main },
  {
    code: 'POD_FAILED',
    status: {
      phase: 'Failed',
      containerStatuses: [
        { name: 'main', ready: false, restartCount: 0, state: { terminated: { exitCode: 3, reason: 'Error' } } },
      ],
    },
  },
  { code: 'OOM_KILLED', status: restarted(137, 'OOMKilled'), field: `${main}.resources.limits.memory` },
  {
    code: 'PROBE_LIVENESS_FAILED',
    status: restarted(137, 'Error'),
    events: [['pod', 'Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 404']],
    field: `${main}.livenessProbe`,
  },
  {
    // The process handles TERM and ends with a code of its own.
    code: 'PROBE_LIVENESS_FAILED',
    status: restarted(3, 'Error'),
    events: [['pod', 'Killing', 'Container main failed liveness probe, will be restarted']],
    silent: 'CRASH_LOOP',
  },
  {
    code: 'PROBE_STARTUP_FAILED',
    status: restarted(143, 'Error', 3, { started: false }),
    events: [['pod', 'Unhealthy', 'Startup probe failed: dial tcp 10.0.0.1:8080: connect: connection refused']],
    field: `${main}.startupProbe`,
  },
  {
    code: 'PROBE_READINESS_FAILED',
    status: running(),
    events: [['pod', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503']],
    field: `${main}.readinessProbe`,
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
    field: 'spec.template.spec.initContainers[name="init"]',
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    status: waiting('PostStartHookError', ''),
    events: [['pod', 'FailedPostStartHook', 'Exec lifecycle hook failed']],
    field: `${main}.lifecycle.postStart`,
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    status: running({ ready: true }),
    events: [['pod', 'FailedPreStopHook', 'Exec lifecycle hook failed']],
    field: `${main}.lifecycle.preStop`,
    silent: undefined,
  },
  {
    code: 'UNSCHEDULABLE',
    status: condition('PodScheduled', 'Unschedulable', '0/2 nodes are available: 2 Insufficient cpu.'),
    field: `${main}.resources.requests[cpu]`,
  },
  { code: 'SCHEDULING_GATED', status: condition('PodScheduled', 'SchedulingGated', 'Scheduling is blocked') },
  {
    code: 'VOLUME_MOUNT_FAILED',
    status: { ...waiting('ContainerCreating'), ...condition('PodReadyToStartContainers', '', '') },
    events: [['pod', 'FailedMount', 'MountVolume.SetUp failed for volume "conf" : secret "s" not found']],
    field: 'spec.template.spec.volumes[name="conf"]',
  },
  {
    code: 'SANDBOX_FAILED',
    status: waiting('ContainerCreating'),
    events: [['pod', 'FailedCreatePodSandBox', 'network plugin is not ready']],
    silent: undefined,
  },
  {
    code: 'POD_EVICTED',
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
  },
  { code: 'NODE_NOT_READY', status: { phase: 'Running', reason: 'NodeLost', message: 'Node n unresponsive' } },
  {
    code: 'NODE_NOT_READY',
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False' },
        { type: 'ContainersReady', status: 'True' },
      ],
    },
    events: [['pod', 'NodeNotReady', 'Node is not ready']],
  },
  {
    code: 'QUOTA_EXCEEDED',
    events: [['job', 'FailedCreate', 'pods "x" is forbidden: exceeded quota: q, requested: pods=1']],
    silent: undefined,
  },
  {
    code: 'LIMIT_RANGE_VIOLATED',
    events: [['job', 'FailedCreate', 'maximum cpu usage per Container is 1, but limit is 2']],
    silent: undefined,
  },
  {
    code: 'POD_SECURITY_VIOLATED',
    events: [['job', 'FailedCreate', 'violates PodSecurity "restricted:latest": runAsNonRoot']],
    silent: undefined,
  },
  {
    code: 'SERVICE_ACCOUNT_MISSING',
    events: [['job', 'FailedCreate', 'serviceaccount "x" not found']],
    field: 'spec.template.spec.serviceAccountName',
    silent: undefined,
  },
  {
    code: 'ADMISSION_DENIED',
    events: [['job', 'FailedCreate', 'admission webhook "w" denied the request: no']],
    silent: undefined,
  },
  {
    code: 'ADMISSION_WEBHOOK_DOWN',
    events: [['job', 'FailedCreate', 'Internal error occurred: failed calling webhook "w"']],
    silent: undefined,
  },
  { code: 'POD_CREATE_FAILED', events: [['job', 'FailedCreate', 'something new']], silent: undefined },
  { code: 'PVC_LOST', object: claim('Lost') },
  {
    code: 'PVC_PROVISIONING_FAILED',
    object: claim('Pending'),
    events: [['claim', 'ProvisioningFailed', 'storageclass.storage.k8s.io "gold" not found']],
    field: 'spec.storageClassName',
    silent: 'PVC_PENDING',
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

describe('causes (R117 to R122)', () => {
  it.each(ROWS)('$code is recognised, with evidence, what to change and what to do', ({ code, field, ...observed }) => {
    const [first] = find(observed);
    expect(first?.code).toBe(code);
    expect(first?.evidence.length).toBeGreaterThan(0);
    expect(first?.remedy).not.toBe('');
    if (field !== undefined) expect(first?.field).toBe(field);
  });

  it.each(ROWS.filter(({ events }) => events !== undefined))(
    '$code: from the status alone, when every event is lost, at least its class is known',
    (row) => {
      const { events: _lost, ...silent } = row;
      expect(find(silent)[0]?.code).toBe('silent' in row ? row.silent : row.code);
    },
  );

  it('are none for a healthy pod, however often it was restarted before', () => {
    expect(find({ status: running({ ready: true, restartCount: 4 }) })).toEqual([]);
  });

  it('of pod creation that are older than the last write are history', () => {
    const failedAt = '2026-01-01T00:00:00Z';
    const failed = { ...event('job', 'FailedCreate', 'exceeded quota: q'), lastTimestamp: failedAt };
    const codes = (writtenAt: number): string[] => find({ others: [failed], writtenAt }).map(({ code }) => code);
    expect(codes(Date.parse(failedAt) + 60_000)).toEqual([]);
    expect(codes(Date.parse(failedAt) - 60_000)).toEqual(['QUOTA_EXCEEDED']);
  });

  it('R118: names the image and its registry', () => {
    const [first] = find({ status: waiting('ErrImagePull', 'manifest unknown') });
    expect(first?.message).toBe(`image ${image} does not exist on registry.example`);
  });

  it('R119: says whether a pull secret was there', () => {
    const [first] = find({ status: waiting('ErrImagePull', '401 Unauthorized') });
    expect(first?.remedy).toContain('give a pull secret');
    expect(first?.evidence).toContainEqual({ kind: 'field', path: 'spec.imagePullSecrets', value: 'none' });
  });

  it('R120: distinguishes a registry that cannot be reached from an image that is not there', () => {
    const text = 'failed to do request: Head "https://registry.example/v2/": dial tcp: i/o timeout';
    const [first] = find({ status: waiting('ErrImagePull', text) });
    expect(first).toMatchObject({ code: 'REGISTRY_UNREACHABLE', remedy: expect.stringContaining('registry') });
  });

  it('R121: explains the exit code', () => {
    const [first] = find({ status: restarted(139, 'Error') });
    expect(first?.message).toContain('exit code 139 (killed by SIGSEGV)');
  });

  it('R122: says what the probe asks, what it meets, and how to switch it off', () => {
    const text = 'Liveness probe failed: Get "http://10.0.0.1:8080/health": dial tcp: connect: connection refused';
    const [first] = find({ status: restarted(137, 'Error'), events: [['pod', 'Unhealthy', text]] });
    expect(first?.message).toBe(
      'the liveness probe of container main (GET :8080/health) fails: nothing listens on that port',
    );
    expect(first?.remedy).toContain('health_check_path: null');
  });

  it('of memory suggest a limit', () => {
    expect(find({ status: restarted(137, 'OOMKilled') })[0]?.remedy).toContain(
      'raise the memory limit, for example to 128Mi',
    );
  });

  it('of a missing reference say whether this deployment brings it', () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { other: '1' } };
    const status = waiting('CreateContainerConfigError', "couldn't find key mode in ConfigMap n/settings");
    expect(find({ status })[0]?.remedy).toContain('does not bring the ConfigMap settings');
    expect(find({ status, brought: [settings] })[0]?.remedy).toContain('without the key mode');
    const written = find({ status, brought: [{ ...settings, data: { mode: 'fast' } }] })[0];
    expect(written?.finality).toEqual({ kind: 'wait' });
  });

  it('of a container that runs again are not final before it has ended again', () => {
    const again = { ready: false, restartCount: 5, lastState: { terminated: { exitCode: 1, reason: 'Error' } } };
    const [first] = find({ status: running(again) });
    expect(first).toMatchObject({ code: 'CRASH_LOOP', finality: { kind: 'wait' } });
  });

  it('of readiness without an event are not reported before the probe has had its time', () => {
    expect(find({ status: running() })[0]).toMatchObject({ code: 'PROBE_READINESS_FAILED', graceMs: 35_000 });
  });

  it('of eviction are final when three pods in a row were evicted', () => {
    const status = { phase: 'Failed', reason: 'Evicted', message: 'low on memory' };
    expect(find({ status, others: [pod(status, 'q'), pod(status, 'r')] })[0]?.deaths).toBe(3);
  });
});

describe('what the scheduler says', () => {
  const unschedulable = (text: string): ObservedPod => ({ status: condition('PodScheduled', 'Unschedulable', text) });

  it('is taken apart, each reason with what to do', () => {
    const text =
      "0/4 nodes are available: 1 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector, " +
      '2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.';
    const [first] = find(unschedulable(text));
    expect(first?.evidence.slice(1).map(({ value }) => value)).toEqual([
      '1 Insufficient memory',
      "1 node(s) didn't match Pod's node affinity/selector",
      '2 node(s) had untolerated taint(s)',
    ]);
    expect(first?.remedy).toContain('ask for less memory (now 1Gi)');
    expect(first?.remedy).toContain('node selector');
  });

  it('is waited for while a volume is being made or an autoscaler brings a node, and final when it brings none', () => {
    const full = '0/2 nodes are available: 2 Insufficient cpu.';
    const finality = (observed: ObservedPod): unknown => find(observed)[0]?.finality;
    expect(finality(unschedulable('pod has unbound immediate PersistentVolumeClaims.'))).toEqual({ kind: 'wait' });
    expect(finality(unschedulable(full))).toEqual({ kind: 'after', ms: 15_000 });
    const scaling = [['pod', 'TriggeredScaleUp', 'pod triggered scale-up']] as const;
    expect(finality({ ...unschedulable(full), events: scaling })).toEqual({ kind: 'after', ms: 300_000 });
    const not = [['pod', 'NotTriggerScaleUp', "pod didn't trigger scale-up"]] as const;
    expect(finality({ ...unschedulable(full), events: not })).toEqual({ kind: 'at-once' });
  });
});

describe('what forbids pods', () => {
  it('by quota gives the three figures of each resource', () => {
    const text =
      'pods "x" is forbidden: exceeded quota: small, requested: cpu=1,pods=1, used: cpu=500m,pods=2, limited: cpu=1,pods=2';
    const [first] = find({ events: [['job', 'FailedCreate', text]] });
    expect(first?.evidence.slice(1).map(({ path, value }) => [path, value])).toEqual([
      ['ResourceQuota/small cpu', 'requested 1, used 500m, limited 1'],
      ['ResourceQuota/small pods', 'requested 1, used 2, limited 2'],
    ]);
  });

  it('by Pod Security names for each rule the Compose key and the field', () => {
    const text =
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged (container "main" must not set ' +
      'securityContext.privileged=true), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]; ' +
      'container "main" must not include "NET_ADMIN" in securityContext.capabilities.add), hostPath volumes (volume "conf")';
    const [first] = find({ events: [['job', 'FailedCreate', text]] });
    expect(first?.remedy).toContain('change privileged; cap_add, cap_drop; volumes');
    expect(first?.evidence.slice(1).map(({ field }) => field)).toEqual([
      `${main}.securityContext.privileged`,
      `${main}.securityContext.capabilities`,
      'spec.template.spec.volumes[name="conf"]',
    ]);
  });
});
