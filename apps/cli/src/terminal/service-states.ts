import type { ProgressEventData } from '@ushadow/contracts';
import { visibleText } from './terminal-text.ts';

/** The services that want an object, by `Kind/namespace/name`. */
export type ObjectUsers = ReadonlyMap<string, readonly string[]>;

export interface ServiceRow {
  readonly service: string;
  readonly state: string;
  /** `1/3`; empty where nothing counts pods. */
  readonly ready: string;
  readonly message: string;
}

/** Why a service is not ready, as the last event said. */
export interface ServiceCause {
  readonly code: string;
  readonly message: string;
  readonly place: string;
  readonly remedy: string;
}

interface ObjectState {
  readonly services: readonly string[];
  readonly isWorkload: boolean;
  readonly state: string;
  readonly text: string;
}

interface ActiveCause extends ServiceCause {
  readonly services: readonly string[];
  readonly isFinal: boolean;
}

/** What a service says when its objects say different things: the first of these that one of them says. */
const WORST_FIRST = ['failed', 'deleting', 'progressing', 'pending', 'applied', 'ready', 'deleted', 'planned'];
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);
const SHARED = '(shared)';

/** How the services of a deployment stand, from its events alone. */
export class ServiceStates {
  private readonly services: readonly string[];
  private readonly users: ObjectUsers;
  private readonly objects = new Map<string, ObjectState>();
  private readonly activeCauses = new Map<string, ActiveCause>();
  private stageText = 'Waiting for a worker';

  constructor(services: readonly string[], users: ObjectUsers = new Map()) {
    this.services = services;
    this.users = users;
  }

  get stage(): string {
    return this.stageText;
  }

  get rows(): readonly ServiceRow[] {
    const shared = [...this.objects.values()].some(({ services }) => services.includes(SHARED)) ? [SHARED] : [];
    return [...this.services, ...shared].map((service) => this.rowOf(service));
  }

  /** Why a service is not ready: the causes that have not cleared. */
  causesOf(service: string): readonly ServiceCause[] {
    return [...this.activeCauses.values()].filter(({ services }) => services.includes(service));
  }

  take({ type, message, data }: ProgressEventData): void {
    if (type === 'stage.started' || type === 'ending.requested') this.stageText = visibleText(message);
    if (type.startsWith('object.')) this.takeObject(type, visibleText(message), data);
    if (type === 'cause.raised') this.raise(data['cause']);
    if (type === 'cause.cleared') this.activeCauses.delete(textOf(data['id']));
  }

  private takeObject(type: string, message: string, data: ProgressEventData['data']): void {
    const id = objectId(data['object']);
    if (id === undefined) return;
    const text = message.startsWith(`${id.key}: `) ? message.slice(id.key.length + 2) : message;
    const state = stateOf(type, data);
    this.objects.set(id.key, { services: this.usersOf(id), isWorkload: WORKLOADS.has(id.kind), state, text });
  }

  private raise(cause: unknown): void {
    if (!isRecord(cause)) return;
    const id = objectId(cause['object']);
    const source = isRecord(cause['source']) ? cause['source'] : {};
    this.activeCauses.set(textOf(cause['id']), {
      services: id === undefined ? [SHARED] : this.usersOf(id),
      isFinal: cause['severity'] === 'final',
      code: visibleText(textOf(cause['code'])),
      message: visibleText(textOf(cause['message'])),
      place: visibleText([textOf(source['file']), textOf(source['line'])].filter(Boolean).join(':')),
      remedy: visibleText(textOf(cause['remedy'])),
    });
  }

  private usersOf({ key, name }: ObjectName): readonly string[] {
    const known = this.users.get(key)?.filter((service) => this.services.includes(service)) ?? [];
    if (known.length > 0) return known;
    const longest = this.services
      .filter((service) => isNamedAfter(name, service))
      .sort((a, b) => b.length - a.length)[0];
    return [longest ?? SHARED];
  }

  private rowOf(service: string): ServiceRow {
    const own = [...this.objects.values()].filter(({ services }) => services.includes(service));
    const workloads = own.filter(({ isWorkload, state }) => isWorkload && state !== 'planned');
    const judged = workloads.length > 0 ? workloads : own;
    const worst = WORST_FIRST.flatMap((state) => judged.find((each) => each.state === state) ?? [])[0];
    const cause = [...this.activeCauses.values()].findLast(({ services }) => services.includes(service));
    const state = cause?.isFinal === true ? 'failed' : (worst?.state ?? 'waiting');
    const counted = workloads.flatMap(({ text }) => /(\d+) of (\d+) pods/.exec(text)?.slice(1, 3) ?? []);
    const message = cause === undefined ? (worst?.text ?? '') : `${cause.code} ${cause.message}`;
    return { service, state: state === 'planned' ? 'waiting' : state, ready: counted.slice(0, 2).join('/'), message };
  }
}

interface ObjectName {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
}

function objectId(value: unknown): ObjectName | undefined {
  if (!isRecord(value)) return undefined;
  const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((key) => textOf(value[key]));
  if (!kind || !name) return undefined;
  return { kind, name, key: [kind, namespace, name].filter(Boolean).join('/') };
}

function stateOf(type: string, data: ProgressEventData['data']): string {
  if (type === 'object.status') return textOf(data['state']);
  if (type === 'object.applied') return data['outcome'] === 'failed' ? 'failed' : 'applied';
  return type === 'object.deleted' ? 'deleted' : 'planned';
}

/** `web`, `web-config`, and what a controller makes: `web-5d8f-x`. */
function isNamedAfter(name: string, service: string): boolean {
  const base = service.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  return name === base || name.startsWith(`${base}-`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
