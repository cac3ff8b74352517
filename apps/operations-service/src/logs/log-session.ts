import { DomainError, type StackPlaceData } from '@ushadow/contracts';
import type { KubeObject, ListTarget } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { NOTHING_HAD, positionKey, type Masker, type Positions } from '@ushadow/logs';
import { setTimeout as pause } from 'node:timers/promises';
import { StackMembers } from '../stacks/stack-members.ts';
import { ContainerLog } from './container-log.ts';
import { LogQueue } from './log-queue.ts';
import type { LogStart, LogWishes } from './log-wishes.ts';
import { podContainers, type ContainerState } from './pod-containers.ts';
import { SessionNotices } from './session-notices.ts';
import { unseenPods } from './unseen-pods.ts';

export interface LogSessionParts {
  readonly place: StackPlaceData;
  readonly services: readonly string[] | undefined;
  readonly pod: string | undefined;
  readonly container: string | undefined;
  readonly wishes: LogWishes;
  readonly positions: Positions;
  /** Somebody was here before, and goes on. */
  readonly isResumed: boolean;
  readonly connect: () => Promise<KubernetesTransport>;
  /** The secret values of now. */
  readonly freshMasker: () => Promise<Masker>;
}

const CONTAINERS_MAX = 200;
const TOO_MANY = `Only ${String(CONTAINERS_MAX)} containers are read at a time: choose some services.`;
const RETRY_MS = 2_000;
const FORGET_TRANSPORT_MS = 5_000;
/** A log of which nothing comes for so long has been read to where it is now. */
const QUIET_MS = 3_000;
/** Of a stack that is only read as it is. */
const AT_ONCE = 20;
const NAME_LABEL = 'app.kubernetes.io/name';

interface Reading {
  readonly source: number;
  readonly log: ContainerLog;
  readonly done: Promise<void>;
}

/** The lines of a stack for one who looks: which containers there are, and what is read of each. */
export class LogSession {
  readonly queue = new LogQueue();
  private readonly parts: LogSessionParts;
  private readonly readings = new Map<string, Map<string, Reading>>();
  private readonly notices = new SessionNotices(this.queue);
  private readonly serviceOf: ReadonlyMap<string, string>;
  private readonly members: StackMembers;
  private masker: Masker = { mask: () => '', longest: 0 };
  private transport: { readonly at: number; readonly opened: Promise<KubernetesTransport> } | undefined;
  private sources = 0;
  /** Logs that are read now. */
  private open = 0;
  /** Of all containers that were seen. */
  private readonly names = new Set<string>();
  /** What there was when somebody came has all been seen. */
  private isSynced = false;

  constructor(parts: LogSessionParts) {
    this.parts = parts;
    const { services } = parts;
    this.members = new StackMembers(parts.place.stack_id);
    const wanted = parts.place.services.filter(({ service }) => services === undefined || services.includes(service));
    this.serviceOf = new Map(wanted.map(({ service, object_name }) => [object_name, service]));
  }

  /** Reads until there is no more, or the signal. Never throws for what a cluster does: that is said. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      // Whoever wants nothing of what there was goes on from now.
      if (this.parts.wishes.tail === 0 && !this.parts.isResumed) this.queue.tellPlace();
      if (!this.parts.wishes.follow) await this.readOnce(signal);
      else
        while (!signal.aborted && (await this.watchOnce(signal)) === 'again')
          await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    } finally {
      this.queue.finish();
    }
  }

  private get target(): ListTarget {
    const { place, pod } = this.parts;
    return {
      ...{ group: '', version: 'v1', kind: 'Pod', namespace: place.namespace },
      labelSelector: `${NAME_LABEL} in (${[...this.serviceOf.keys()].join(',')})`,
      ...(pod === undefined ? {} : { fieldSelector: `metadata.name=${pod}` }),
    };
  }

  private async readOnce(signal: AbortSignal): Promise<void> {
    try {
      const transport = await this.connect();
      const { items } = await transport.list(this.target, { signal });
      const own = await Promise.all(items.map(async (pod) => ((await this.isOurs(pod, transport)) ? [pod] : [])));
      this.masker = await this.parts.freshMasker();
      const waiting = own.flat().flatMap((pod) => [...this.containersOf(pod, signal)]);
      await Promise.all(Array.from({ length: AT_ONCE }, () => oneAfterTheOther(waiting)));
      if (this.sources === 0) this.nothing();
    } catch (error) {
      this.refused(error);
    }
  }

  /** One watch of the pods, over all its reconnections. */
  private async watchOnce(signal: AbortSignal): Promise<'again' | 'over'> {
    try {
      const transport = await this.connect();
      const present = new Set<string>();
      for await (const event of transport.watch(this.target, { signal })) {
        if (event.type === 'interrupted') this.notices.trouble('pods', event.error.message);
        else this.notices.trouble('pods', undefined);
        if (event.type === 'added' || event.type === 'modified') {
          if (!(await this.isOurs(event.object, transport))) continue;
          present.add(event.object.metadata.uid ?? '');
          await this.seen(event.object, signal);
        } else if (event.type === 'deleted') {
          present.delete(event.object.metadata.uid ?? '');
          this.deleted(event.object.metadata.uid ?? '', signal);
        } else if (event.type === 'synced') this.synced(present, signal);
      }
      return 'over';
    } catch (error) {
      if (signal.aborted) return 'over';
      return this.refused(error);
    }
  }

  /** Of those that went between two watches nobody has told. */
  private synced(present: ReadonlySet<string>, signal: AbortSignal): void {
    const left = [...this.readings.keys()].filter((uid) => !present.has(uid));
    for (const uid of left) this.deleted(uid, signal);
    this.isSynced = true;
    if (this.readings.size === 0 || this.sources === 0) this.nothing();
  }

  /** One that is read stays so to its end: what controls it may be gone before it. */
  private async isOurs(pod: KubeObject, transport: KubernetesTransport): Promise<boolean> {
    return this.readings.has(pod.metadata.uid ?? '') || (await this.members.has(transport, pod));
  }

  private async seen(pod: KubeObject, signal: AbortSignal): Promise<void> {
    const uid = pod.metadata.uid ?? '';
    if (!this.readings.has(uid)) await this.learnSecrets(signal);
    if (signal.aborted) return;
    const known = this.readings.get(uid) ?? new Map<string, Reading>();
    this.readings.set(uid, known);
    for (const state of podContainers(pod)) known.get(state.name)?.log.update(state);
    const isNew = known.size === 0;
    if (isNew) for (const [name, reading] of this.begin(pod, signal)) known.set(name, reading);
  }

  /** What a pod that has just come may write: without it, nothing of it is read. */
  private async learnSecrets(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.masker = await this.parts.freshMasker();
        this.notices.trouble('secrets', undefined);
        return;
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
        this.notices.trouble('secrets', 'What is secret in the stack is not known now; nothing is shown before it is.');
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private deleted(uid: string, signal: AbortSignal): void {
    const readings = this.readings.get(uid);
    this.readings.delete(uid);
    for (const [name, { source, log, done }] of readings ?? []) {
      log.gone();
      // Its last lines are still on their way when all was read, and say where somebody is with it.
      void done
        .then(() => this.queue.untilSent(source, signal))
        .then(() => this.parts.positions.forget(positionKey(uid, name)));
    }
  }

  private begin(pod: KubeObject, signal: AbortSignal): ReadonlyMap<string, Reading> {
    const found = this.containersOf(pod, signal);
    return new Map(found.map(({ name, source, log, read }) => [name, { source, log, done: read() }]));
  }

  private containersOf(pod: KubeObject, signal: AbortSignal): readonly Wanted[] {
    const { place, container: only, positions, wishes } = this.parts;
    const service = this.serviceOf.get(pod.metadata.labels?.[NAME_LABEL] ?? '');
    if (service === undefined) return [];
    const all = podContainers(pod);
    for (const { name } of all) this.names.add(name);
    const wanted = all.filter(({ name }) => only === undefined || name === only);
    return wanted.flatMap((state): Wanted[] => {
      if (this.open >= CONTAINERS_MAX) {
        this.notices.tell('TOO_MANY', TOO_MANY);
        return [];
      }
      this.sources += 1;
      this.open += 1;
      const { name, kind } = state;
      const source = { source: this.sources, service, pod: pod.metadata.name, container: name, kind };
      const key = positionKey(pod.metadata.uid ?? '', name);
      const had = positions.of(key);
      const from = had === undefined || had.count === 0 ? undefined : had;
      const start = this.startOf(state, had !== undefined);
      // Whoever comes again before he has had anything of it begins anew with it.
      if (start === 'wished' && from === undefined && wishes.tail !== 0) positions.set(key, NOTHING_HAD);
      const log = new ContainerLog(
        {
          ...{ pod: { namespace: place.namespace, name: pod.metadata.name }, source, key, wishes },
          ...{ from, start, floor: positions.since, queue: this.queue },
          transport: () => this.connect(),
          masker: () => this.masker,
          trouble: (of, message) => this.notices.trouble(of, message),
        },
        state,
      );
      const read = async (): Promise<void> => {
        this.queue.open(source);
        if (from === undefined && start === 'wished' && wishes.follow)
          void this.untilQuiet(log, source.source, key, signal);
        try {
          await log.run(signal);
        } catch (error) {
          this.refused(error);
        } finally {
          this.open -= 1;
          this.notices.trouble(key, undefined);
          this.queue.close(source.source);
        }
      };
      return [{ name, source: source.source, log, read }];
    });
  }

  /** The wishes are for what there is when somebody comes; whatever begins later is wanted from its beginning. */
  private startOf({ hasStarted }: ContainerState, isKnown: boolean): LogStart {
    const { isResumed, wishes } = this.parts;
    if (isKnown) return 'wished';
    if (this.isSynced) return 'whole';
    if (isResumed) return 'floor';
    return !wishes.follow || hasStarted ? 'wished' : 'whole';
  }

  /** What has nothing to say is gone on with from now, by who comes again. */
  private async untilQuiet(log: ContainerLog, source: number, key: string, signal: AbortSignal): Promise<void> {
    for (let before = -1; before !== log.pieces && !signal.aborted;) {
      before = log.pieces;
      await pause(QUIET_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    const { positions } = this.parts;
    if (signal.aborted || this.queue.holds(source) || positions.of(key)?.count !== 0) return;
    positions.forget(key);
    this.queue.tellPlace();
  }

  /** Asked for anew when it is some seconds old: credentials are renewed, and clusters removed. */
  private connect(): Promise<KubernetesTransport> {
    const now = performance.now();
    if (this.transport === undefined || now - this.transport.at > FORGET_TRANSPORT_MS)
      this.transport = { at: now, opened: this.parts.connect() };
    const { opened } = this.transport;
    opened.catch(() => {
      this.transport = undefined;
    });
    return opened;
  }

  private refused(error: unknown): 'again' | 'over' {
    const { code, message } = unseenPods(error);
    const isAgain = code === 'AWAY' && this.parts.wishes.follow;
    if (isAgain) this.notices.trouble('pods', message);
    else this.notices.tell(code === 'AWAY' ? 'NOT_READABLE' : code, message);
    return isAgain ? 'again' : 'over';
  }

  private nothing(): void {
    const { pod, container } = this.parts;
    const known = [...this.names].join(', ');
    if (container !== undefined && known !== '')
      return this.notices.tell('NOT_READABLE', `No pod has a container ${container}. They have: ${known}.`);
    this.notices.tell(
      'NO_PODS',
      pod === undefined ? 'No pod of the stack is there now.' : `The stack has no pod ${pod} now.`,
    );
  }
}

interface Wanted {
  readonly name: string;
  readonly source: number;
  readonly log: ContainerLog;
  readonly read: () => Promise<void>;
}

async function oneAfterTheOther(waiting: Wanted[]): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.read();
}
