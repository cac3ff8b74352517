import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { relative } from 'node:path';
import type { JsonObject, JsonValue, KubeObject, PodSecurityLevel } from '@ushadow/kubernetes';
import { allowsLevel, judgePod, levelOf, podTemplateOf } from '@ushadow/kubernetes';
import { compileFile } from './harness/compile-file.ts';
import { composeFixtures, fixtures } from './harness/fixture-files.ts';
import { ApiServer } from '@ushadow/kubernetes-schema/testing';

const kubeconfig = process.env.USHADOW_TEST_KUBECONFIG;
const LEVELS = ['baseline', 'restricted'] as const;
const SAFE = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** One field more than a pod that fits every level. */
const ofContainer = (fields: JsonObject, context: JsonObject = {}): JsonObject => ({
  spec: {
    containers: [{ name: 'a', image: 'x', ...fields, securityContext: { ...SAFE, ...context } }],
  },
});
const ofPod = (spec: JsonObject, context: JsonObject = {}): JsonObject => ({
  spec: { containers: [{ name: 'a', image: 'x', securityContext: { ...SAFE, ...context } }], ...spec },
});
const volume = (source: JsonObject): JsonObject => ofPod({ volumes: [{ name: 'v', ...source }] });
const capability = (name: string): JsonObject => ofContainer({}, { capabilities: { drop: ['ALL'], add: [name] } });
const sysctl = (name: string): JsonObject => ofPod({ securityContext: { sysctls: [{ name, value: '1' }] } });
const without = (field: keyof typeof SAFE): JsonObject => ofContainer({}, { [field]: null as JsonValue });
const http = (host: string): JsonObject => ({ httpGet: { host, port: 80 } });

const CASES: Readonly<Record<string, JsonObject>> = {
  'all that is asked for': ofPod({}),
  'no runAsNonRoot': without('runAsNonRoot'),
  'no allowPrivilegeEscalation': without('allowPrivilegeEscalation'),
  'no capabilities': without('capabilities'),
  'no seccompProfile': without('seccompProfile'),
  'runAsNonRoot of the pod': ofPod({ securityContext: { runAsNonRoot: true } }, { runAsNonRoot: null }),
  'runAsNonRoot false of the pod': ofPod({ securityContext: { runAsNonRoot: false } }),
  'runAsUser 0': ofContainer({}, { runAsUser: 0 }),
  'runAsUser 0 of the pod': ofPod({ securityContext: { runAsUser: 0 } }),
  'own users': ofPod({ hostUsers: false }, { runAsNonRoot: null, runAsUser: 0 }),
  'own users, unmasked': ofPod({ hostUsers: false }, { procMount: 'Unmasked' }),
  'seccomp of the pod': ofPod(
    { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    { seccompProfile: null },
  ),
  'seccomp unconfined': ofContainer({}, { seccompProfile: { type: 'Unconfined' } }),
  'seccomp unconfined of the pod': ofPod({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
  privileged: ofContainer({}, { privileged: true, allowPrivilegeEscalation: null }),
  hostNetwork: ofPod({ hostNetwork: true }),
  hostPID: ofPod({ hostPID: true }),
  hostIPC: ofPod({ hostIPC: true }),
  hostPort: ofContainer({ ports: [{ containerPort: 80, hostPort: 80 }] }),
  'AppArmor unconfined': ofContainer({}, { appArmorProfile: { type: 'Unconfined' } }),
  'AppArmor of the machine': ofContainer({}, { appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } }),
  'AppArmor unconfined of the pod': ofPod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
  'AppArmor annotation': {
    ...ofPod({}),
    metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } },
  },
  hostProcess: ofPod({
    os: { name: 'windows' },
    hostNetwork: true,
    containers: [
      { name: 'a', image: 'x', securityContext: { runAsNonRoot: true, windowsOptions: { hostProcess: true } } },
    ],
  }),
  windows: ofPod({
    os: { name: 'windows' },
    containers: [{ name: 'a', image: 'x', securityContext: { runAsNonRoot: true } }],
  }),
  'SELinux level': ofContainer({}, { seLinuxOptions: { level: 's0:c1,c2' } }),
  'SELinux user': ofContainer({}, { seLinuxOptions: { user: 'u' } }),
  'SELinux role of the pod': ofPod({ securityContext: { seLinuxOptions: { role: 'r' } } }),
  ...Object.fromEntries(
    ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'].map((type) => [
      `SELinux ${type}`,
      ofContainer({}, { seLinuxOptions: { type } }),
    ]),
  ),
  ...Object.fromEntries(
    [
      ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
      ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT', 'NET_ADMIN', 'NET_RAW', 'SYS_ADMIN', 'ALL', 'CAP_CHOWN'],
    ].map((name) => [`capability ${name}`, capability(name)]),
  ),
  ...Object.fromEntries(
    [
      ...[
        'kernel.shm_rmid_forced',
        'kernel.shmmax',
        'net.core.somaxconn',
        'net.ipv4.ip_forward',
        'net.ipv4.route.min_pmtu',
      ],
      ...['ip_local_port_range', 'ip_local_reserved_ports', 'ip_unprivileged_port_start', 'ping_group_range'].map(ipv4),
      ...['tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes', 'tcp_keepalive_time'].map(ipv4),
      ...['tcp_rmem', 'tcp_syncookies', 'tcp_wmem', 'tcp_slow_start_after_idle', 'tcp_notsent_lowat'].map(ipv4),
    ].map((name) => [`sysctl ${name}`, sysctl(name)]),
  ),
  'volume hostPath': volume({ hostPath: { path: '/x' } }),
  'volume emptyDir': volume({ emptyDir: {} }),
  'volume configMap': volume({ configMap: { name: 'c' } }),
  'volume secret': volume({ secret: { secretName: 'c' } }),
  'volume projected': volume({ projected: { sources: [] } }),
  'volume downwardAPI': volume({ downwardAPI: {} }),
  'volume claim': volume({ persistentVolumeClaim: { claimName: 'c' } }),
  'volume csi': volume({ csi: { driver: 'd' } }),
  'volume image': volume({ image: { reference: 'r' } }),
  'volume nfs': volume({ nfs: { server: 's', path: '/' } }),
  'volume iscsi': volume({ iscsi: { targetPortal: '1.2.3.4', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } }),
  'probe of another host': ofContainer({ livenessProbe: http('example.org') }),
  'probe of itself': ofContainer({ readinessProbe: http('127.0.0.1') }),
  'probe of no host': ofContainer({ startupProbe: http('') }),
  'tcp probe of another host': ofContainer({ livenessProbe: { tcpSocket: { host: 'h', port: 80 } } }),
  'hook of another host': ofContainer({ lifecycle: { preStop: http('example.org') } }),
  'init container': ofPod({ initContainers: [{ name: 'i', image: 'x', securityContext: { privileged: true } }] }),
};

function ipv4(name: string): string {
  return `net.ipv4.${name}`;
}

(kubeconfig ? describe : describe.skip)(
  'Pod Security as a real API server judges (needs USHADOW_TEST_KUBECONFIG)',
  () => {
    let server: ApiServer;
    beforeAll(async () => {
      server = new ApiServer(kubeconfig ?? '');
      for (const level of LEVELS)
        await server.create({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: `pods-${level}`, labels: { 'pod-security.kubernetes.io/enforce': level } },
        });
    });
    afterAll(() => server.close());

    /** Undefined where the server refuses the pod for something else than the level. */
    async function isTaken(pod: JsonObject, level: (typeof LEVELS)[number]): Promise<boolean | undefined> {
      const metadata = pod['metadata'] as { annotations?: Readonly<Record<string, string>> } | undefined;
      const { annotations } = metadata ?? {};
      const { serviceAccountName: _, ...spec } = pod['spec'] as JsonObject;
      const object: KubeObject = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p', namespace: `pods-${level}`, ...(annotations === undefined ? {} : { annotations }) },
        spec: { automountServiceAccountToken: false, ...spec, restartPolicy: 'Always' },
      };
      const { status, text } = await server.send('POST', `/api/v1/namespaces/pods-${level}/pods?dryRun=All`, object);
      if (status < 300) return true;
      return text.includes('violates PodSecurity') ? false : undefined;
    }

    async function differences(pods: Iterable<readonly [string, JsonObject]>): Promise<{
      readonly found: readonly string[];
      readonly judged: number;
    }> {
      const found: string[] = [];
      let judged = 0;
      for (const [name, pod] of pods) {
        const violations = judgePod(pod);
        const needed: PodSecurityLevel = levelOf(violations);
        for (const level of LEVELS) {
          const taken = await isTaken(pod, level);
          if (taken === undefined) continue;
          judged += 1;
          const words = violations.map(({ control }) => control).join(' ');
          if (taken !== allowsLevel(level, needed))
            found.push(`${name}: ${level} ${taken ? 'takes' : 'refuses'} (${words})`);
        }
      }
      return { found, judged };
    }

    it('every control by itself', async () => {
      const { found, judged } = await differences(Object.entries(CASES));
      expect(found).toEqual([]);
      expect(judged).toBeGreaterThan(Object.keys(CASES).length * 1.8);
    }, 120_000);

    const files = composeFixtures().map(({ path }) => path);
    (files.length ? it : it.skip)(
      'the pods of every fixture (needs the fixtures folder)',
      async () => {
        const pods = files.flatMap((file) =>
          (compileFile([file]).result?.objects ?? []).flatMap((object) => {
            const made = podTemplateOf(object);
            return made === undefined
              ? []
              : [[`${relative(fixtures, file)} ${object.metadata.name}`, made.template] as const];
          }),
        );
        // One of each that looks the same to the controls.
        const distinct = new Map(pods.map((pod) => [JSON.stringify(judgePod(pod[1])), pod]));
        const { found, judged } = await differences(distinct.values());
        expect(found).toEqual([]);
        expect(judged).toBeGreaterThan(distinct.size);
      },
      240_000,
    );
  },
);
