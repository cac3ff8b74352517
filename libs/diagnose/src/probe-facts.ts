import type { JsonObject } from '@ushadow/kubernetes';
import { isJsonObject, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { ContainerFacts } from './container-facts.ts';
import type { EventFact } from './event-fact.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

export function probeOf({ spec }: ContainerFacts, kind: ProbeKind): JsonObject | undefined {
  const probe = spec[`${kind}Probe`];
  return isJsonObject(probe) ? probe : undefined;
}

/** What the kubelet says of this probe most often: while a container starts anew every probe meets a closed port. */
export function probeEvent({ events }: ContainerFacts, kind: ProbeKind): EventFact | undefined {
  const start = new RegExp(`^${kind} probe (failed|errored)`, 'i');
  const own = events.filter(({ reason, message }) => reason === 'Unhealthy' && start.test(message));
  return own.reduce<EventFact | undefined>((most, next) => (next.count >= (most?.count ?? 0) ? next : most), undefined);
}

/** `GET :8080/health`, `TCP :5432`, `pg_isready -U app`. */
export function describeProbe(probe: JsonObject | undefined): string {
  const port = (handler: string): string => String(valueAt(probe, [handler, 'port']) ?? '');
  if (isJsonObject(probe?.['httpGet'])) return `GET :${port('httpGet')}${textAt(probe, ['httpGet', 'path']) || '/'}`;
  if (isJsonObject(probe?.['tcpSocket'])) return `TCP :${port('tcpSocket')}`;
  if (isJsonObject(probe?.['grpc'])) return `gRPC :${port('grpc')}`;
  const command = valueAt(probe, ['exec', 'command']);
  return Array.isArray(command) ? command.join(' ') : 'probe';
}

const ANSWERS: readonly { readonly text: RegExp; readonly says: (match: RegExpExecArray) => string }[] = [
  { text: /statuscode: (\d+)/, says: ([, code = '']) => `it answers HTTP ${code}` },
  { text: /connection refused/, says: () => 'nothing listens on that port' },
  { text: /no route to host|network is unreachable/, says: () => 'the pod cannot be reached' },
  { text: /deadline exceeded|timed? ?out|i\/o timeout/i, says: () => 'there is no answer in time' },
  { text: /connection reset|EOF/, says: () => 'the connection is closed without an answer' },
  { text: /executable file not found|no such file/, says: () => 'the command of the probe is not in the image' },
];

/** What the kubelet met, in words; its own words where they are none of the known ones. */
export function explainProbeFailure(text: string): string {
  for (const { text: pattern, says } of ANSWERS) {
    const match = pattern.exec(text);
    if (match !== null) return says(match);
  }
  return text.replace(/^\w+ probe (failed|errored)[^:]*:?\s*/i, '').trim();
}

/** How long a probe may fail before that says anything. */
export function probeGraceMs(probe: JsonObject | undefined): number {
  if (probe === undefined) return 0;
  const seconds = (field: string, otherwise: number): number => numberAt(probe, [field], otherwise);
  return 1_000 * (seconds('initialDelaySeconds', 0) + seconds('periodSeconds', 10) * seconds('failureThreshold', 3));
}
