/** A fact that must not be equal to the golden one, and why. All others must be. */
export interface ReviewedDifference {
  readonly fact: RegExp;
  readonly reason: string;
}

const shellForm = 'kompose passes the whole line as one argument; the shell form is [/bin/sh, -c, line]';
const containerPort =
  'the port of a Service is the container port; the published number belongs to the outward object only';
const notAPod = 'the service publishes ports, so it is no one-shot and becomes a Deployment, not a bare Pod';

const emptyFolder = {
  fact: /^db mysql\S* mount \/var\/lib\/mysql$/,
  reason: 'the image does not start beside lost+found, so that its volume is a folder of the claim',
};

export const reviewed: Readonly<Record<string, readonly ReviewedDifference[]>> = {
  v2: [
    { fact: /^service foo port (9090|9091|49100)\/TCP$/, reason: containerPort },
    {
      fact: /^service redis-(tcp|udp) /,
      reason: 'split into two Services the name redis does not resolve; one Service carries both protocols',
    },
    { fact: /^foo (kind|restart policy)$/, reason: notAPod },
  ],
  'v3.0': [
    { fact: /^service redis port 55555\/TCP$/, reason: 'a headless Service needs no port' },
    { fact: /^redis redis livenessProbe$/, reason: shellForm },
    { fact: /^redis redis livenessProbe timing$/, reason: 'the health check is a readiness probe' },
    {
      fact: /^foo (kind|replicas|restart policy)$/,
      reason: 'it says one word and ends, and Compose does not start it again: a Deployment would for ever',
    },
  ],
  placement: [{ fact: /^redis node affinity$/, reason: 'ubuntu 14.04 is no label value, so no node could match' }],
  'configmap-pod': [
    { fact: /^redis (kind|restart policy)$/, reason: notAPod },
    { fact: /variable ALLOW_EMPTY_PASSWORD$/, reason: 'environment wins over env_file' },
  ],
  healthcheck: [
    { fact: /^redis redis livenessProbe$/, reason: shellForm },
    { fact: / hostname$/, reason: 'a pod that is not ready yet reaches itself under the name of its service' },
  ],
  statefulset: [
    {
      fact: /^service wordpress port 8000\/TCP$/,
      reason: 'a headless name resolves to pods, where port 8000 is not open',
    },
    emptyFolder,
  ],
  'multiple-type-volumes': [emptyFolder],
  hpa: [{ fact: /^web replicas$/, reason: 'a fixed number of replicas fights with the autoscaler' }],
};

/** Facts of our own that a case must have beside the golden ones. */
export const required: Readonly<Record<string, readonly (readonly [fact: string, value: unknown])[]>> = {
  v2: [
    ['service redis-outward type', 'LoadBalancer'],
    ['service redis-outward port 1234/UDP', { target: 1235, nodePort: null }],
    ['service redis port 6379/TCP', { target: 6379, nodePort: null }],
    ['service redis port 1235/UDP', { target: 1235, nodePort: null }],
  ],
  placement: [['redis node affinity', ['foo NotIn bar', 'kubernetes.io/hostname In machine']]],
  healthcheck: [['redis redis livenessProbe', ['/bin/sh', '-c', 'echo "liveness"']]],
  statefulset: [['service wordpress port 80/TCP', { target: 80, nodePort: null }]],
  'network-policies': [['policy of nginx from anywhere to 80', true]],
};
