import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Followed } from '../support/gateway.ts';
import type { Calls } from './support/caller.ts';
import { Caller } from './support/caller.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { PlayedRegistry } from './support/played-registry.ts';
import { Product } from './support/product.ts';

jest.setTimeout(600_000);

interface Scenario {
  /** File in projects/failures, which is the healthy one with one thing wrong. */
  readonly name: string;
  readonly code: string;
  /** The Compose line to change. */
  readonly line: RegExp;
  readonly path: string;
  /** What the reason says. */
  readonly says: RegExp;
  /** What the last lines of the container say. */
  readonly log?: RegExp;
  /** For causes that may yet go away: until when. */
  readonly deadline?: number;
  /** The registry is played on this machine, which must be the node's. */
  readonly onSameHost?: boolean;
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'crash-loop',
    code: 'CRASH_LOOP',
    // Where the service begins.
    line: /image:/,
    path: '/services/web',
    says: /exit code 3/,
    log: /cannot read \/etc\/app\.conf/,
  },
  {
    name: 'oom',
    code: 'OOM_KILLED',
    line: /memory: 48M/,
    path: '/services/web/deploy/resources/limits/memory',
    says: /limit of 48Mi/,
  },
  {
    name: 'image-not-found',
    code: 'IMAGE_NOT_FOUND',
    line: /image:/,
    path: '/services/web/image',
    says: /gone\/app:1 does not exist/,
    onSameHost: true,
  },
  {
    name: 'image-needs-login',
    code: 'IMAGE_AUTH_REQUIRED',
    line: /image:/,
    path: '/services/web/image',
    says: /without a login/,
    onSameHost: true,
  },
  {
    name: 'registry-unreachable',
    code: 'REGISTRY_UNREACHABLE',
    line: /image:/,
    path: '/services/web/image',
    says: /cannot reach the registry 127\.0\.0\.1:1/,
    deadline: 40,
  },
  {
    name: 'readiness',
    code: 'PROBE_READINESS_FAILED',
    line: /test:/,
    path: '/services/web/healthcheck',
    says: /GET :8000\/no-such-page\) fails: it answers HTTP 404/,
    log: /"GET \/no-such-page HTTP\/1\.1" 404/,
    deadline: 40,
  },
  {
    name: 'liveness',
    code: 'PROBE_LIVENESS_FAILED',
    line: /test:/,
    path: '/services/web/healthcheck',
    says: /the liveness probe of container web \(GET :8000\/no-such-page\) fails/,
  },
  {
    name: 'unschedulable',
    code: 'UNSCHEDULABLE',
    line: /cpus: '500'/,
    path: '/services/web/deploy/resources/reservations/cpus',
    says: /Insufficient cpu/,
  },
  {
    name: 'missing-key',
    code: 'CONFIG_REF_MISSING',
    line: /name: MODE/,
    path: '/services/web/x-k8s/Deployment/spec/template/spec/containers/0/env/0',
    says: /the key no-such-key of the ConfigMap kube-root-ca\.crt/,
  },
  {
    name: 'volume',
    code: 'VOLUME_MOUNT_FAILED',
    line: /pages:\/pages/,
    path: '/services/web/volumes/0',
    says: /MountVolume\.SetUp failed|mount failed/,
  },
];

const isSameHost = process.env.USHADOW_E2E_SAME_HOST === '1';
const chosen = SCENARIOS.filter(({ onSameHost }) => isSameHost || onSameHost !== true);
const namespaceOf = ({ name }: Scenario): Namespace => new Namespace(`e2e-fails-${name}`);

interface Outcome extends Followed {
  readonly text: string;
  readonly url: string;
  /** Ready pods, each with its restarts. */
  readonly podsBefore: readonly string[];
  readonly podsAfter: readonly string[];
}

(nodeKubeconfig ? describe : describe.skip)(
  'an update that fails on a real node, through the product (needs USHADOW_E2E_KUBECONFIG)',
  () => {
    const caller = new Caller('e2e-fails-caller');
    let product: Product;
    let registry: PlayedRegistry;
    let calls: Readonly<Record<string, Calls>>;
    const outcomes = new Map<string, Outcome>();

    const deploy = (scenario: Scenario, deadline?: number): Promise<Followed> =>
      product.deploy({
        service_id: `${scenario.name}:web`,
        namespace: namespaceOf(scenario).name,
        ...(deadline === undefined ? {} : { deadline_seconds: deadline }),
      });
    const readyPods = async (scenario: Scenario): Promise<readonly string[]> => {
      const status = '{.status.containerStatuses[0].ready} {.metadata.uid} {.status.containerStatuses[0].restartCount}';
      const lines = await namespaceOf(scenario).pods('web', `{range .items[*]}${status}{"\\n"}{end}`);
      return lines.split('\n').filter((line) => line.startsWith('true'));
    };

    const fail = async (scenario: Scenario): Promise<void> => {
      const [url, podsBefore] = [await namespaceOf(scenario).url('web'), await readyPods(scenario)];
      const text = product.offer(`failures/${scenario.name}.yaml`, scenario.name, { REGISTRY: registry.host });
      const followed = await deploy(scenario, scenario.deadline);
      outcomes.set(scenario.name, { ...followed, text, url, podsBefore, podsAfter: await readyPods(scenario) });
    };

    beforeAll(async () => {
      registry = await PlayedRegistry.start();
      product = await Product.start(import.meta.url);
      for (const scenario of chosen) product.offer('failures/good.yaml', scenario.name);
      const first = await Promise.all(chosen.map((scenario) => deploy(scenario)));
      for (const { deployment } of first) expect(deployment).toMatchObject({ status: 'succeeded' });
      await caller.start(await Promise.all(chosen.map((scenario) => namespaceOf(scenario).url('web'))));
      // All at once: most of the time is the kubelet's backing off.
      await Promise.all(chosen.map(fail));
      calls = await caller.calls();
    });
    afterAll(async () => {
      await product.stop();
      await registry.stop();
      await Promise.all([caller.stop(), ...chosen.map((scenario) => namespaceOf(scenario).remove())]);
    });

    const outcomeOf = ({ name }: Scenario): Outcome => {
      const outcome = outcomes.get(name);
      if (outcome === undefined) throw new Error(`${name} has not ended`);
      return outcome;
    };

    describe.each(chosen)('$name', (scenario) => {
      it(`ends failed with ${scenario.code}, in words, and what to do (R117 to R122)`, () => {
        const { verdict } = outcomeOf(scenario).deployment;
        expect(verdict).toMatchObject({
          status: 'failed',
          code: scenario.code,
          object: expect.stringMatching(/^Deployment\/.*\/web$/),
        });
        expect(verdict?.reason).toMatch(scenario.says);
        expect(verdict?.remedy).toBeTruthy();
      });

      it('names the Compose line to change', () => {
        const { deployment, text } = outcomeOf(scenario);
        const line = text.split('\n').findIndex((each) => scenario.line.test(each)) + 1;
        expect(deployment.verdict?.source).toMatchObject({ file: `${scenario.name}.yaml`, line, path: scenario.path });
      });

      it('shows evidence: what the node said, and the last lines of what ran', () => {
        const { events } = outcomeOf(scenario);
        const causes = events.flatMap(({ type, data }) =>
          type === 'cause.raised' ? [data['cause'] as { code: string; evidence: { kind: string }[] }] : [],
        );
        const own = causes.filter(({ code }) => code === scenario.code);
        expect(own.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(0);
        const logs = events.flatMap(({ type, data }) => (type === 'log' ? (data['lines'] as string[]) : []));
        if (scenario.log !== undefined) expect(logs.join('\n')).toMatch(scenario.log);
      });

      it('goes back by itself; the old pods have served all the time, without one missed request', () => {
        const { deployment, url, podsBefore, podsAfter } = outcomeOf(scenario);
        expect(deployment.verdict?.rollback).toMatchObject({ status: 'succeeded' });
        expect(podsBefore).toHaveLength(1);
        expect(podsAfter).toEqual(podsBefore);
        const { asked = 0, missed } = calls[url] ?? {};
        expect(asked).toBeGreaterThan(50);
        expect(missed).toEqual([]);
      });
    });
  },
);
