import { listAt, textAt } from '@ushadow/kubernetes';
import type { ContainerFacts } from '../container-facts.ts';
import type { Finality } from '../finding.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';
import { waits } from './container-recogniser.ts';

const pulling = waits('ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'ImageInspectError');
const registryOf = (image: string): string => /^([^/]+[.:][^/]*|localhost)\//.exec(image)?.[1] ?? 'docker.io';
const AFTER_TWO_PULLS: Finality = { kind: 'after', observations: 2, ms: 20_000 };

const image = { family: 'image', rank: 60, field: () => 'image' } as const;

/** Pull secrets are named by the pod; which ones shows whether a login was tried at all. */
function pullSecrets({ pod }: ContainerFacts): string {
  const names = listAt(pod, ['spec', 'imagePullSecrets']).map((secret) => textAt(secret, ['name']));
  return names.length === 0 ? 'none' : names.join(', ');
}

export const IMAGE_ROWS: readonly ContainerRecogniser[] = [
  {
    ...image,
    code: 'IMAGE_NAME_INVALID',
    finality: { kind: 'at-once' },
    state: waits('InvalidImageName'),
    message: (facts) => `"${facts.image}" is not a valid image name`,
    remedy: () => 'correct the image name',
  },
  {
    ...image,
    code: 'IMAGE_NEVER_PULL',
    field: () => 'imagePullPolicy',
    finality: { kind: 'at-once' },
    state: waits('ErrImageNeverPull'),
    message: (facts) => `image ${facts.image} is not on the node and its pull policy forbids pulling it`,
    remedy: () => 'set the pull policy to IfNotPresent (pull_policy: missing), or load the image onto the nodes',
  },
  {
    ...image,
    code: 'REGISTRY_RATE_LIMITED',
    finality: { kind: 'wait' },
    state: pulling,
    text: /\b429\b|toomanyrequests|rate limit/i,
    message: (facts) => `the registry ${registryOf(facts.image)} limits how often it may be asked`,
    remedy: () => 'wait, or pull with an account (imagePullSecrets), or through a mirror',
  },
  {
    ...image,
    code: 'REGISTRY_TLS',
    finality: { kind: 'wait' },
    state: pulling,
    text: /x509|certificate|tls: |server gave HTTP response to HTTPS client/i,
    message: (facts) =>
      `the node does not trust the registry ${registryOf(facts.image)}: its certificate is not accepted`,
    remedy: () => 'install the registry’s certificate authority on the nodes, or correct the registry’s address',
  },
  {
    ...image,
    code: 'IMAGE_AUTH_REQUIRED',
    finality: AFTER_TWO_PULLS,
    state: pulling,
    text: /unauthorized|denied|no basic auth credentials|authentication required|authorization failed|\b40[13]\b/i,
    message: (facts) => `the registry ${registryOf(facts.image)} does not give out ${facts.image} without a login`,
    remedy: (facts) =>
      pullSecrets(facts) === 'none'
        ? 'give a pull secret for this registry (imagePullSecrets), or check that the image exists'
        : `check that the pull secret ${pullSecrets(facts)} is valid for this registry, and that the image exists`,
    evidence: (facts) => [{ kind: 'field', path: 'spec.imagePullSecrets', value: pullSecrets(facts) }],
  },
  {
    ...image,
    code: 'IMAGE_NOT_FOUND',
    finality: AFTER_TWO_PULLS,
    state: pulling,
    text: /not found|manifest unknown|does not exist|no such image|name unknown/i,
    message: (facts) => `image ${facts.image} does not exist on ${registryOf(facts.image)}`,
    remedy: () => 'check the image’s name and tag',
  },
  {
    ...image,
    code: 'REGISTRY_UNREACHABLE',
    finality: { kind: 'wait' },
    state: (facts) => pulling(facts),
    text: /i\/o timeout|no such host|connection refused|connection reset|dial tcp|deadline exceeded|EOF|unreachable|no route to host|server misbehaving|failed to do request|RegistryUnavailable|\b50[0234]\b/i,
    message: (facts) => `the node cannot reach the registry ${registryOf(facts.image)}`,
    remedy: () => 'check the node’s network, DNS and proxy, and the registry’s address',
  },
  {
    ...image,
    code: 'IMAGE_PULL_FAILED',
    rank: 61,
    finality: { kind: 'wait' },
    state: pulling,
    message: (facts) => `image ${facts.image} cannot be pulled: ${facts.waitingMessage || facts.waitingReason}`,
    remedy: () => 'check the image’s name and tag, the registry and its credentials',
  },
];
