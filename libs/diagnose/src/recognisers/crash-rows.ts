import { formatQuantity, parseQuantity, textAt } from '@ushadow/kubernetes';
import type { ContainerFacts } from '../container-facts.ts';
import type { Finality } from '../finding.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';
import { ending } from './container-recogniser.ts';

const isOver = (facts: ContainerFacts): boolean => !facts.isRunning && facts.ended !== undefined;
/** A run that is under way may be the one that works: until it ends it is given the time it needs. */
const afterDeaths =
  (deaths: number) =>
  (facts: ContainerFacts): Finality =>
    facts.isRunning ? { kind: 'wait' } : { kind: 'after', deaths };
const endsAgain = (facts: ContainerFacts): boolean => facts.restarts > 0 && facts.ended !== undefined && !facts.isReady;
const memoryLimit = (facts: ContainerFacts): string => textAt(facts.spec, ['resources', 'limits', 'memory']);

function suggestLimit(facts: ContainerFacts): string {
  const limit = parseQuantity(memoryLimit(facts));
  if (limit === undefined) return 'raise the memory limit, or make the application use less';
  return `raise the memory limit, for example to ${formatQuantity(limit * 2n, 'binary')}, or make the application use less`;
}

export const OOM_ROW: ContainerRecogniser = {
  code: 'OOM_KILLED',
  family: 'crash',
  rank: 80,
  finality: afterDeaths(2),
  state: (facts) => facts.ended?.reason === 'OOMKilled' && !facts.isReady,
  message(facts) {
    const limit = memoryLimit(facts);
    return `container ${facts.name} was killed for using more memory than ${limit === '' ? 'it may' : `its limit of ${limit}`}`;
  },
  remedy: suggestLimit,
  field: () => 'resources.limits.memory',
};

export const CRASH_ROWS: readonly ContainerRecogniser[] = [
  {
    code: 'INIT_CONTAINER_FAILED',
    family: 'crash',
    rank: 82,
    finality: afterDeaths(3),
    state: (facts) => facts.isInit && (isOver(facts) || endsAgain(facts)) && facts.ended?.exitCode !== 0,
    message: (facts) => `init container ${facts.name} fails: ${ending(facts)}`,
    remedy: () => 'read its log',
    field: () => '',
  },
  {
    code: 'CRASH_LOOP',
    family: 'crash',
    rank: 83,
    finality: afterDeaths(3),
    state: (facts) => !facts.isInit && (facts.waitingReason === 'CrashLoopBackOff' || endsAgain(facts)),
    message: (facts) => `container ${facts.name} exits again and again: ${ending(facts)}`,
    remedy: () => 'read the log of its previous run',
    field: () => '',
  },
  {
    // Of a Job, which may yet try again; whether it has failed the Job itself says.
    code: 'POD_FAILED',
    family: 'crash',
    rank: 84,
    finality: { kind: 'wait' },
    state: (facts) => isOver(facts) && facts.ended?.exitCode !== 0,
    message: (facts) => `container ${facts.name} has failed: ${ending(facts)}`,
    remedy: () => 'read its log',
    field: () => '',
  },
];
