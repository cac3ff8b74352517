import type { ContainerFacts } from '../container-facts.ts';
import type { Finality } from '../finding.ts';
import type { ProbeKind } from '../probe-facts.ts';
import { describeProbe, explainProbeFailure, probeEvent, probeOf, probeGraceMs } from '../probe-facts.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';

const STOPPED: ReadonlySet<number> = new Set([0, 137, 143]);
const SIGNALLED: ReadonlySet<number> = new Set([137, 143]);

/**
 * The kubelet ends a container whose probe fails by TERM, then KILL. When no event reports it, an end by such a signal
 * with such a probe, and without an out-of-memory mark, has no other likely reason.
 */
function killedFor(kind: ProbeKind): (facts: ContainerFacts) => boolean {
  const says = new RegExp(`failed ${kind} probe`, 'i');
  return (facts) => {
    const { ended, isReady, events } = facts;
    if (isReady || ended === undefined || ended.reason === 'OOMKilled' || probeOf(facts, kind) === undefined)
      return false;
    if (events.some(({ reason, message: text }) => reason === 'Killing' && says.test(text))) return true;
    if (probeEvent(facts, kind) !== undefined) return STOPPED.has(ended.exitCode);
    return !hasKillingEvent(facts) && SIGNALLED.has(ended.exitCode);
  };
}

function hasKillingEvent(facts: ContainerFacts): boolean {
  return probeEvent(facts, 'startup') !== undefined || probeEvent(facts, 'liveness') !== undefined;
}

function message(kind: ProbeKind): (facts: ContainerFacts) => string {
  return (facts) => {
    const what = `the ${kind} probe of container ${facts.name} (${describeProbe(probeOf(facts, kind))})`;
    const event = probeEvent(facts, kind);
    if (event !== undefined) return `${what} fails: ${explainProbeFailure(event.message)}`;
    return kind === 'readiness' ? `${what} does not pass` : `${what} seems to fail: the node has stopped the container`;
  };
}

const OFF = 'or switch the probe off (ushadow probe SERVICE off; for good: health_check_path: null)';
const AT_SECOND_RESTART: Finality = { kind: 'after', restarts: 2 };

export const KILLING_PROBE_ROWS: readonly ContainerRecogniser[] = [
  {
    code: 'PROBE_STARTUP_FAILED',
    family: 'crash',
    rank: 81,
    finality: AT_SECOND_RESTART,
    state: (facts) => !facts.isStarted && killedFor('startup')(facts),
    message: message('startup'),
    remedy: () => `correct the probe’s path and port, give it more time, ${OFF}`,
    field: () => 'startupProbe',
  },
  {
    code: 'PROBE_LIVENESS_FAILED',
    family: 'crash',
    rank: 81,
    finality: AT_SECOND_RESTART,
    state: killedFor('liveness'),
    message: message('liveness'),
    remedy: () => `correct the probe’s path and port, ${OFF}`,
    field: () => 'livenessProbe',
  },
];

export const READINESS_ROWS: readonly ContainerRecogniser[] = [
  {
    code: 'PROBE_READINESS_FAILED',
    family: 'readiness',
    rank: 90,
    finality: { kind: 'wait' },
    // An event comes from the kubelet; the bare state is how every container begins.
    graceMs: (facts) => (probeEvent(facts, 'readiness') === undefined ? probeGraceMs(probeOf(facts, 'readiness')) : 0),
    state: (facts) => facts.isRunning && !facts.isReady && facts.isStarted && probeOf(facts, 'readiness') !== undefined,
    message: message('readiness'),
    remedy: () => `correct the probe’s path and port, ${OFF}`,
    field: () => 'readinessProbe',
  },
];
