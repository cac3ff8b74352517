import type { ContainerFacts } from '../container-facts.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';
import { ending, hasEvent, waits } from './container-recogniser.ts';

/** Exit codes of the shell and the runtime for a command that could not even begin. */
const NOT_STARTED: ReadonlySet<number> = new Set([126, 127, 128]);

const starting = (facts: ContainerFacts): boolean => {
  if (waits('CreateContainerError', 'RunContainerError')(facts)) return true;
  if (facts.isRunning || facts.ended === undefined) return false;
  return facts.ended.reason === 'StartError' || NOT_STARTED.has(facts.ended.exitCode);
};

const ended = (facts: ContainerFacts): boolean => !facts.isRunning && facts.ended !== undefined;

/** The kernel's refusal is reported by the runtime, or by the shell that tried, in the log. */
const WRONG_FORMAT = /exec format error/i;
const isForeign = (facts: ContainerFacts): boolean =>
  WRONG_FORMAT.test(facts.text) || facts.log?.some((line) => WRONG_FORMAT.test(line)) === true;

const argv = (facts: ContainerFacts): string => {
  if (facts.spec['command'] !== undefined) return 'command';
  return facts.spec['args'] === undefined ? 'image' : 'args';
};

/** The runtime wraps the reason in what it was doing. */
const reasonOf = (facts: ContainerFacts): string => {
  const text = facts.waitingMessage || facts.ended?.message || '';
  return text.replace(/^.*unable to start container process: /s, '').replace(/: unknown$/, '');
};

export const START_ROWS: readonly ContainerRecogniser[] = [
  {
    code: 'WRONG_ARCHITECTURE',
    family: 'start',
    rank: 70,
    finality: { kind: 'after', observations: 2 },
    state: (facts) => (starting(facts) || ended(facts)) && isForeign(facts),
    message: (facts) => `image ${facts.image} is built for another processor than the node has`,
    remedy: () => 'use an image built for the node’s architecture',
    field: () => 'image',
  },
  {
    code: 'CONTAINER_START_FAILED',
    family: 'start',
    rank: 71,
    finality: { kind: 'after', observations: 2 },
    state: starting,
    message: (facts) => `container ${facts.name} cannot be started: ${reasonOf(facts) || ending(facts)}`,
    remedy: (facts) => (facts.command === '' ? 'check the image’s entrypoint' : `check the command: ${facts.command}`),
    field: argv,
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    family: 'hook',
    rank: 72,
    finality: { kind: 'after', observations: 2 },
    state: (facts) => !facts.isReady && (waits('PostStartHookError')(facts) || hasEvent('FailedPostStartHook')(facts)),
    message: (facts) =>
      `the postStart hook of container ${facts.name} fails: ${hookText(facts, 'FailedPostStartHook')}`,
    remedy: () => 'correct the hook’s command (post_start)',
    field: () => 'lifecycle.postStart',
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    family: 'stop-hook',
    rank: 93,
    finality: { kind: 'soft' },
    state: hasEvent('FailedPreStopHook'),
    message: (facts) => `the preStop hook of container ${facts.name} fails: ${hookText(facts, 'FailedPreStopHook')}`,
    remedy: () => 'correct the hook’s command (pre_stop)',
    field: () => 'lifecycle.preStop',
  },
];

function hookText(facts: ContainerFacts, reason: string): string {
  return facts.events.findLast((event) => event.reason === reason)?.message ?? facts.waitingMessage;
}
