import type { Bench } from './bench.ts';
import { BAD_IMAGE, type Revision } from './compose-app.ts';
import type { DeploymentRow } from './store-view.ts';

export interface PreparedRun {
  /** Accepts the deployment whose worker will be killed. */
  readonly deploy: (options?: { readonly deadlineSeconds?: number }) => Promise<string>;
  /** What is wrong with its verdict; undefined when it is the expected one. */
  readonly verdict: (row: DeploymentRow) => string | undefined;
  /** Accepts a good one of the same that may follow at any time, or take its place. */
  readonly follow: (options?: { readonly supersede?: boolean }) => Promise<string>;
  /** What else is wrong, beside what is wrong with every deployment. */
  readonly violations?: () => Promise<readonly string[]>;
}

/** A kind of deployment during which workers are killed. */
export interface KillScenario {
  readonly name: string;
  /** Brings the cluster to where the deployment starts from. */
  readonly prepare: (bench: Bench) => Promise<PreparedRun>;
}

export const succeeded = ({ status, verdict }: DeploymentRow): string | undefined =>
  status === 'succeeded' ? undefined : `verdict ${JSON.stringify(verdict)}`;

export const rolledBack = ({ status, verdict }: DeploymentRow): string | undefined =>
  status === 'failed' && verdict?.code === 'CRASH_LOOP' && verdict.rollback?.status === 'succeeded'
    ? undefined
    : `verdict ${JSON.stringify(verdict)}`;

const SUCCESSOR = 'what comes after';

/** What is wrong once a run has ended, apart from `checkProperties`. */
export async function wrongWith(run: PreparedRun, row: DeploymentRow): Promise<string[]> {
  const verdict = run.verdict(row);
  return [...(verdict === undefined ? [] : [verdict]), ...((await run.violations?.()) ?? [])];
}

let revision = 0;
export const nextGreeting = (): string => `revision ${++revision}`;

export const firstDeploy: KillScenario = {
  name: 'a first deploy',
  prepare: (bench) => {
    const namespace = bench.newNamespace();
    const deploy: PreparedRun['deploy'] = (options) =>
      bench.deploy({ greeting: nextGreeting() }, { namespace, ...options });
    return Promise.resolve({ deploy, verdict: succeeded, follow: next(bench, namespace, {}) });
  },
};

export const update: KillScenario = {
  name: 'an update',
  prepare: async (bench) => {
    const namespace = await settled(bench, 'update', (name) =>
      bench.succeed({ greeting: nextGreeting(), volume: true }, { namespace: name }),
    );
    const deploy: PreparedRun['deploy'] = (options) =>
      bench.deploy({ greeting: nextGreeting(), volume: true }, { namespace, ...options });
    return { deploy, verdict: succeeded, follow: next(bench, namespace, { volume: true }) };
  },
};

export const rollback: KillScenario = {
  name: 'a rollback',
  prepare: async (bench) => {
    const namespace = await settled(bench, 'rollback', (name) =>
      bench.succeed({ greeting: nextGreeting(), volume: true }, { namespace: name }),
    );
    // What only the failing revision has must be gone afterwards.
    const input = { namespace, host: 'new.example' };
    const failing = { greeting: nextGreeting(), volume: true, image: BAD_IMAGE };
    const follow = next(bench, namespace, { volume: true });
    return { deploy: (options) => bench.deploy(failing, { ...input, ...options }), verdict: rolledBack, follow };
  },
};

export const prune: KillScenario = {
  name: 'a prune',
  prepare: async (bench) => {
    const namespace = bench.newNamespace();
    const full = { greeting: nextGreeting(), volume: true };
    await bench.succeed(full, { namespace, host: 'shop.example' });
    // Ingress and ConfigMap go; the claim stays.
    const deploy = (): Promise<string> => bench.deploy({ greeting: '', config: false }, { namespace });
    return { deploy, verdict: succeeded, follow: next(bench, namespace, {}) };
  },
};

export const recreate: KillScenario = {
  name: 'a recreation',
  prepare: async (bench) => {
    const namespace = await settled(bench, 'recreate', (name) =>
      bench.succeed({ greeting: nextGreeting() }, { namespace: name, service: 'once' }),
    );
    // The template of a Job cannot be changed.
    const deploy = (): Promise<string> => bench.deploy({ greeting: nextGreeting() }, { namespace, service: 'once' });
    return { deploy, verdict: succeeded, follow: next(bench, namespace, {}) };
  },
};

export const SCENARIOS: readonly KillScenario[] = [firstDeploy, update, rollback, prune, recreate];

function next(bench: Bench, namespace: string, revision: Omit<Revision, 'greeting'>): PreparedRun['follow'] {
  return (options) => bench.deploy({ greeting: SUCCESSOR, ...revision }, { namespace, ...options });
}

const namespaces = new WeakMap<Bench, Map<string, string>>();

/** The scenario's namespace on this bench, brought to a good state once. */
export async function settled(
  bench: Bench,
  name: string,
  first: (namespace: string) => Promise<unknown>,
): Promise<string> {
  const known = namespaces.get(bench) ?? new Map<string, string>();
  namespaces.set(bench, known);
  const namespace = known.get(name) ?? bench.newNamespace();
  if (!known.has(name)) await first(namespace);
  known.set(name, namespace);
  return namespace;
}
