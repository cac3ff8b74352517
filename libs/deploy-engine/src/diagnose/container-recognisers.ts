import type { FailureCode } from '../failure-code.ts';
import type { ContainerFacts } from './container-facts.ts';
import { explainExit } from './exit-codes.ts';
import type { Finality } from './finding.ts';

export interface ContainerRecogniser {
  readonly code: FailureCode;
  readonly family: string;
  readonly rank: number;
  readonly finality: Finality;
  /** The state it shows in; without it the row does not match. */
  readonly state: (facts: ContainerFacts) => boolean;
  /** Text that makes it this code; a row without text is the general one of its family. */
  readonly text?: RegExp;
  readonly message: (facts: ContainerFacts) => string;
  readonly remedy: (facts: ContainerFacts) => string;
}

const waits =
  (...reasons: readonly string[]) =>
  (facts: ContainerFacts): boolean =>
    reasons.includes(facts.waitingReason);
const pulling = waits('ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'ImageInspectError');
const starting = (facts: ContainerFacts): boolean =>
  waits('CreateContainerError', 'RunContainerError')(facts) ||
  (!facts.isRunning && (facts.ended?.reason === 'StartError' || [126, 127, 128].includes(facts.ended?.exitCode ?? 0)));
const eventIs =
  (reason: string, text: RegExp) =>
  (facts: ContainerFacts): boolean =>
    facts.events.some((event) => event.reason === reason && text.test(event.message));
const crashing = (facts: ContainerFacts): boolean =>
  facts.waitingReason === 'CrashLoopBackOff' || (facts.restarts > 0 && facts.ended !== undefined && !facts.isReady);
/** The kubelet ends a container whose probe fails by TERM, then KILL. */
const killedByKubelet = (facts: ContainerFacts): boolean => [137, 143, 0].includes(facts.ended?.exitCode ?? 137);

const registryOf = (image: string): string => /^([^/]+[.:][^/]*|localhost)\//.exec(image)?.[1] ?? 'docker.io';
const ended = (facts: ContainerFacts): string =>
  facts.ended === undefined ? 'it ended' : explainExit(facts.ended.exitCode);
const probeText = (facts: ContainerFacts, kind: RegExp): string =>
  facts.events.find((event) => event.reason === 'Unhealthy' && kind.test(event.message))?.message ?? '';

const AFTER_TWO_PULLS: Finality = { kind: 'after', sightings: 2, ms: 20_000 };

/** First match per container wins inside a family; across families the lowest rank is shown as the cause. */
export const CONTAINER_RECOGNISERS: readonly ContainerRecogniser[] = [
  {
    code: 'CONFIG_REF_MISSING',
    family: 'config',
    rank: 50,
    finality: { kind: 'after', ms: 10_000 },
    state: waits('CreateContainerConfigError'),
    message: (facts) => `container ${facts.name} refers to something that does not exist: ${facts.waitingMessage}`,
    remedy: () => 'create the ConfigMap, Secret or key that is named, or correct the reference',
  },
  {
    code: 'IMAGE_NAME_INVALID',
    family: 'image',
    rank: 60,
    finality: { kind: 'at-once' },
    state: waits('InvalidImageName'),
    message: (facts) => `"${facts.image}" is not a valid image name`,
    remedy: () => 'correct the image name',
  },
  {
    code: 'IMAGE_NEVER_PULL',
    family: 'image',
    rank: 60,
    finality: { kind: 'at-once' },
    state: waits('ErrImageNeverPull'),
    message: (facts) => `image ${facts.image} is not on the node and its pull policy forbids pulling it`,
    remedy: () => 'set the pull policy to IfNotPresent, or load the image onto the nodes',
  },
  {
    code: 'REGISTRY_RATE_LIMITED',
    family: 'image',
    rank: 60,
    finality: { kind: 'wait' },
    state: pulling,
    text: /\b429\b|toomanyrequests|rate limit/i,
    message: (facts) => `the registry ${registryOf(facts.image)} limits how often it may be asked`,
    remedy: () => 'wait, or pull with an account (imagePullSecrets), or through a mirror',
  },
  {
    code: 'REGISTRY_TLS',
    family: 'image',
    rank: 60,
    finality: { kind: 'wait' },
    state: pulling,
    text: /x509|certificate|tls: /i,
    message: (facts) => `the certificate of the registry ${registryOf(facts.image)} is not trusted by the node`,
    remedy: () => 'install the registry’s certificate authority on the nodes',
  },
  {
    code: 'IMAGE_AUTH_REQUIRED',
    family: 'image',
    rank: 60,
    finality: AFTER_TWO_PULLS,
    state: pulling,
    text: /unauthorized|denied|no basic auth credentials|authentication required|\b40[13]\b/i,
    message: (facts) => `the registry ${registryOf(facts.image)} does not give out ${facts.image} without a login`,
    remedy: () => 'give a pull secret for this registry (imagePullSecrets), or check that the image exists',
  },
  {
    code: 'IMAGE_NOT_FOUND',
    family: 'image',
    rank: 60,
    finality: AFTER_TWO_PULLS,
    state: pulling,
    text: /not found|manifest unknown|does not exist|no such image/i,
    message: (facts) => `image ${facts.image} does not exist on ${registryOf(facts.image)}`,
    remedy: () => 'check the image’s name and tag',
  },
  {
    code: 'REGISTRY_UNREACHABLE',
    family: 'image',
    rank: 60,
    finality: { kind: 'wait' },
    state: pulling,
    text: /i\/o timeout|no such host|connection refused|dial tcp|deadline exceeded|EOF|unreachable|RegistryUnavailable/i,
    message: (facts) => `the node cannot reach the registry ${registryOf(facts.image)}`,
    remedy: () => 'check the node’s network, DNS and proxy',
  },
  {
    code: 'IMAGE_PULL_FAILED',
    family: 'image',
    rank: 61,
    finality: { kind: 'wait' },
    state: pulling,
    message: (facts) => `image ${facts.image} cannot be pulled: ${facts.waitingMessage || facts.waitingReason}`,
    remedy: () => 'check the image’s name and tag, the registry and its credentials',
  },
  {
    code: 'WRONG_ARCHITECTURE',
    family: 'start',
    rank: 70,
    finality: { kind: 'after', sightings: 2 },
    state: (facts) => starting(facts) || crashing(facts),
    text: /exec format error/i,
    message: (facts) => `image ${facts.image} is built for another processor than the node has`,
    remedy: () => 'use an image built for the node’s architecture',
  },
  {
    code: 'CONTAINER_START_FAILED',
    family: 'start',
    rank: 71,
    finality: { kind: 'after', sightings: 2 },
    state: starting,
    message: (facts) =>
      `container ${facts.name} cannot be started: ${facts.waitingMessage || facts.ended?.message || ended(facts)}`,
    remedy: (facts) => (facts.command === '' ? 'check the image’s entrypoint' : `check the command: ${facts.command}`),
  },
  {
    code: 'LIFECYCLE_HOOK_FAILED',
    family: 'hook',
    rank: 72,
    finality: { kind: 'after', sightings: 2 },
    state: (facts) => eventIs('FailedPostStartHook', /./)(facts) && !facts.isReady,
    message: (facts) => `the postStart hook of container ${facts.name} fails`,
    remedy: () => 'correct the hook’s command',
  },
  {
    code: 'OOM_KILLED',
    family: 'crash',
    rank: 80,
    finality: { kind: 'after', restarts: 2 },
    state: (facts) => facts.ended?.reason === 'OOMKilled' && !facts.isReady,
    message: (facts) =>
      `container ${facts.name} was killed for using more memory than its limit${facts.memoryLimit === '' ? '' : ` of ${facts.memoryLimit}`}`,
    remedy: () => 'raise the memory limit, or make the application use less',
  },
  {
    code: 'PROBE_STARTUP_FAILED',
    family: 'crash',
    rank: 81,
    finality: { kind: 'after', restarts: 2 },
    state: (facts) => killedByKubelet(facts) && eventIs('Unhealthy', /^Startup probe/i)(facts) && !facts.isReady,
    message: (facts) => `the startup probe of container ${facts.name} fails: ${probeText(facts, /^Startup/i)}`,
    remedy: () =>
      'correct the probe’s path and port, give it more time, or switch the probe off (health_check_path: null)',
  },
  {
    code: 'PROBE_LIVENESS_FAILED',
    family: 'crash',
    rank: 81,
    finality: { kind: 'after', restarts: 2 },
    state: (facts) => killedByKubelet(facts) && eventIs('Unhealthy', /^Liveness probe/i)(facts),
    message: (facts) => `the liveness probe of container ${facts.name} fails: ${probeText(facts, /^Liveness/i)}`,
    remedy: () => 'correct the probe’s path and port, or switch the probe off (health_check_path: null)',
  },
  {
    code: 'INIT_CONTAINER_FAILED',
    family: 'crash',
    rank: 82,
    finality: { kind: 'after', restarts: 3 },
    state: (facts) => facts.isInit && facts.ended !== undefined && facts.ended.exitCode !== 0 && !facts.isRunning,
    message: (facts) => `init container ${facts.name} fails: ${ended(facts)}`,
    remedy: () => 'read its log',
  },
  {
    code: 'CRASH_LOOP',
    family: 'crash',
    rank: 83,
    finality: { kind: 'after', restarts: 3 },
    state: (facts) => !facts.isInit && crashing(facts),
    message: (facts) => `container ${facts.name} exits again and again: ${ended(facts)}`,
    remedy: () => 'read the log of its previous run',
  },
  {
    // Of a Job, which may yet try again; whether it has failed the Job itself says.
    code: 'POD_FAILED',
    family: 'crash',
    rank: 84,
    finality: { kind: 'wait' },
    state: (facts) => !facts.isRunning && facts.ended !== undefined && facts.ended.exitCode !== 0,
    message: (facts) => `container ${facts.name} has failed: ${ended(facts)}`,
    remedy: () => 'read its log',
  },
  {
    code: 'PROBE_READINESS_FAILED',
    family: 'readiness',
    rank: 90,
    finality: { kind: 'wait' },
    state: (facts) => facts.isRunning && !facts.isReady && eventIs('Unhealthy', /^Readiness probe/i)(facts),
    message: (facts) => `the readiness probe of container ${facts.name} fails: ${probeText(facts, /^Readiness/i)}`,
    remedy: () => 'correct the probe’s path and port, or switch the probe off (health_check_path: null)',
  },
];
