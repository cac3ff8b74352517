import type { Bench, StackInput } from './bench.ts';
import { BAD_IMAGE, GOOD_IMAGE, type StackRevision } from './compose-app.ts';
import { nextGreeting, rolledBack, settled, succeeded, type KillScenario, type PreparedRun } from './kill-scenarios.ts';
import { Neighbourhood } from './neighbourhood.ts';

/** All of the revision, or of some services. */
type Wanted = StackRevision & Pick<StackInput, 'services'>;

/** Each has a migration of its own. */
function next(changed: Partial<StackRevision> = {}): StackRevision {
  const greeting = nextGreeting();
  return { greeting, schema: `schema of ${greeting}`, ...changed };
}

/** A deployment in a namespace where others are, whose services it is not about keep their pods. */
async function among(
  bench: Bench,
  namespace: string,
  wanted: Wanted,
  run: Pick<PreparedRun, 'verdict'> & { readonly deploy?: () => Promise<string> },
): Promise<PreparedRun> {
  const { services, ...revision } = wanted;
  const input: StackInput = services === undefined ? { namespace } : { namespace, services };
  const others = await Neighbourhood.look(bench, namespace, services);
  const deploy: PreparedRun['deploy'] = (options) => bench.deployStack(revision, { ...input, ...options });
  const follow: PreparedRun['follow'] = (options) =>
    bench.deployStack({ ...revision, image: GOOD_IMAGE }, { ...input, ...options });
  return { deploy, follow, violations: () => others.violations(), ...run };
}

/** The stack's namespace on this bench, with others in it, and the stack as it was last wanted. */
async function standing(bench: Bench, name: string): Promise<{ namespace: string; revision: StackRevision }> {
  const first = next();
  const namespace = await settled(bench, name, async (made) => {
    await moveIn(bench, made);
    await bench.succeedStack(first, { namespace: made });
  });
  return { namespace, revision: first };
}

/** Another stack, and an object that is nobody's. */
async function moveIn(bench: Bench, namespace: string): Promise<void> {
  await bench.succeed({ greeting: 'next door', volume: true }, { namespace });
  const metadata = { name: 'of-nobody', namespace };
  await bench.witness.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } }, 'somebody');
}

export const stackFirst: KillScenario = {
  name: 'a first deploy of a stack',
  prepare: async (bench) => {
    const namespace = bench.newNamespace();
    await moveIn(bench, namespace);
    return among(bench, namespace, next(), { verdict: succeeded });
  },
};

export const stackUpdate: KillScenario = {
  name: 'an update of a stack',
  prepare: async (bench) => {
    const { namespace } = await standing(bench, 'stack update');
    return among(bench, namespace, next(), { verdict: succeeded });
  },
};

export const serviceUpdate: KillScenario = {
  name: 'an update of one service of a stack',
  prepare: async (bench) => {
    const { namespace } = await standing(bench, 'service update');
    return among(bench, namespace, { ...next(), services: ['worker'] }, { verdict: succeeded });
  },
};

export const stackBack: KillScenario = {
  name: 'an update of a stack of which one service crashes',
  prepare: async (bench) => {
    const { namespace } = await standing(bench, 'stack back');
    return among(bench, namespace, next({ image: BAD_IMAGE }), { verdict: rolledBack });
  },
};

export const stackShrink: KillScenario = {
  name: 'an update of a stack that loses a service',
  prepare: async (bench) => {
    const { namespace, revision } = await standing(bench, 'stack shrink');
    await bench.succeedStack(revision, { namespace, services: ['worker'] });
    return among(bench, namespace, next({ worker: false }), { verdict: succeeded });
  },
};

export const stackRemoval: KillScenario = {
  name: 'a removal of a stack',
  prepare: async (bench) => {
    const { namespace } = await standing(bench, 'stack removal');
    const { stack_id: id } = await bench.succeedStack(next(), { namespace });
    return among(bench, namespace, next(), { verdict: succeeded, deploy: () => bench.removeStack(id) });
  },
};

export const STACK_SCENARIOS: readonly KillScenario[] = [
  stackFirst,
  stackUpdate,
  serviceUpdate,
  stackBack,
  stackShrink,
  stackRemoval,
];
