import { DomainError, type LogNoticeData, type LogSourceData } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import {
  advanced,
  isRecent,
  LineReader,
  LineSplitter,
  Repeated,
  type LogTime,
  type Masker,
  type Position,
  type RawLine,
} from '@ushadow/logs';
import type { LogQueue } from './log-queue.ts';
import type { LogStart, LogWishes } from './log-wishes.ts';
import type { ContainerState } from './pod-containers.ts';
import { WakeUp } from './wake-up.ts';

export interface ContainerLogParts {
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly source: LogSourceData;
  readonly key: string;
  readonly wishes: LogWishes;
  /** Where somebody goes on; undefined: nothing was read before. */
  readonly from: Position | undefined;
  readonly start: LogStart;
  readonly floor: LogTime;
  readonly queue: LogQueue;
  readonly transport: () => Promise<KubernetesTransport>;
  readonly masker: () => Masker;
  /** The cluster is away, or there again, as this container sees it. */
  readonly trouble: (key: string, message: string | undefined) => void;
}

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 5_000;
/** A state that should have changed by now is looked at without being told. */
const LOOK_AGAIN_MS = 2_000;
/** A node that does not answer is said to be so after as many tries. */
const TRIES_BEFORE_NOTICE = 3;
const LINE_OVERHEAD = 80;

type Outcome = 'ended' | 'retry' | 'wait' | 'over';

/** Reads the log of one container for as long as there is one: over its runs, and over a cluster that is away for a while. */
export class ContainerLog {
  private readonly parts: ContainerLogParts;
  private readonly changed = new WakeUp();
  private readonly reader: LineReader;
  private readonly said = new Set<string>();
  private state: ContainerState;
  private isGone = false;
  private position: Position | undefined;
  private hasOpened = false;
  private failures = 0;
  /** Readings in a row that have brought nothing. */
  private emptyReads = 0;
  /** A line without an end, with which a reading has ended that is not the last. */
  private unfinished: RawLine | undefined;
  /** Why it could not be read last. */
  private problem = '';
  /** Pieces that were read: as long as it grows, there is more of what was there already. */
  pieces = 0;
  /** The last reading began when the container had ended, and came to its end: there is no more of that run. */
  private isComplete = false;

  constructor(parts: ContainerLogParts, state: ContainerState) {
    this.parts = parts;
    this.state = state;
    this.position = parts.from;
    this.reader = new LineReader(parts.masker);
  }

  update(state: ContainerState): void {
    this.state = state;
    this.changed.wake();
  }

  /** The pod is there no more: what it has written is read to its end. */
  gone(): void {
    this.isGone = true;
    this.changed.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    let run: number | undefined;
    while (!signal.aborted && !(this.isGone && this.isComplete)) {
      if (!this.state.hasStarted) {
        this.notStarted();
        if (!this.parts.wishes.follow || this.isGone) return;
        await this.changed.wait(Infinity, signal);
        continue;
      }
      const { restarts } = this.state;
      if (run === undefined ? this.mayHaveRestarted() : restarts > run) await this.readRest(signal);
      if (run !== undefined && restarts > run) this.hasRestarted(restarts);
      run = restarts;
      const hadEnded = !this.state.isRunning;
      const outcome = await this.read(this.parts.wishes.previous, signal);
      this.isComplete = outcome === 'ended' && hadEnded;
      if (this.isDoneAfter(outcome)) return;
      await this.pause(outcome, restarts, signal);
    }
  }

  /** The run that somebody has read of, or that he is to have from its beginning, may be the one before. */
  private mayHaveRestarted(): boolean {
    return this.state.restarts > 0 && (this.position !== undefined || this.parts.start !== 'wished');
  }

  /** What the run before has written last is still to be had where it was not read to its end. */
  private async readRest(signal: AbortSignal): Promise<void> {
    if (this.parts.wishes.previous || this.isComplete) return;
    for (let outcome = await this.read(true, signal); outcome === 'retry'; outcome = await this.read(true, signal)) {
      if (signal.aborted || this.failures > TRIES_BEFORE_NOTICE) return;
      await this.pause(outcome, this.state.restarts, signal);
    }
  }

  private hasRestarted(restarts: number): void {
    if (this.parts.wishes.previous) return;
    this.notice('RESTARTED', `The container ${this.parts.source.container} has started again.`, restarts);
  }

  private isDoneAfter(outcome: Outcome): boolean {
    const { follow, previous } = this.parts.wishes;
    if (outcome === 'over') return true;
    if (outcome !== 'retry') return this.isGone || !follow || previous;
    if (follow || this.failures <= TRIES_BEFORE_NOTICE) return false;
    this.notReadable(this.problem);
    return true;
  }

  /** Until there is something else to read. */
  private async pause(outcome: Outcome, run: number, signal: AbortSignal): Promise<void> {
    if (outcome === 'retry') {
      await this.changed.wait(waitAfter(this.failures), signal);
      return;
    }
    if (outcome === 'wait') return this.changed.wait(LOOK_AGAIN_MS, signal);
    // A log that ends before it is known that its container has: the rest is read once that is so.
    if (!this.isComplete) return this.changed.wait(waitAfter(this.emptyReads), signal);
    const isSame = (): boolean => this.state.restarts === run && !this.state.isRunning && !this.isGone;
    while (!signal.aborted && isSame()) await this.changed.wait(Infinity, signal);
  }

  private async read(previous: boolean, signal: AbortSignal): Promise<Outcome> {
    const { parts } = this;
    const { follow } = parts.wishes;
    const range = this.range();
    const repeated = new Repeated(this.position);
    const splitter = new LineSplitter();
    try {
      const transport = await parts.transport();
      const chunks = transport.followLog(parts.pod, {
        container: parts.source.container,
        ...{ signal, previous, follow: follow && !previous },
        ...range,
      });
      this.emptyReads += 1;
      for await (const chunk of chunks) {
        this.emptyReads = 0;
        this.unfinished = undefined;
        this.isRead();
        await this.pass(splitter.push(chunk), repeated, signal);
      }
      const last = splitter.end();
      // What is still being written comes whole when it is read again.
      const isLast = previous || !follow || this.isGone || !this.state.isRunning;
      if (last !== undefined && isLast) await this.pass([last], repeated, signal);
      else this.unfinished = last;
      this.isRead();
      return 'ended';
    } catch (error) {
      if (signal.aborted) return 'over';
      const outcome = this.failed(error, previous);
      if (outcome === 'over' && this.unfinished !== undefined) await this.pass([this.unfinished], repeated, signal);
      return outcome;
    }
  }

  /** Which of its lines are asked for. */
  private range(): { readonly sinceTime?: string; readonly tailLines?: number } {
    const { start, floor, wishes } = this.parts;
    const { tail, since } = wishes;
    const isNew = this.position === undefined;
    const isWished = start === 'wished' && isNew && !this.hasOpened;
    const isFirst = isWished || (start === 'whole' && isNew);
    // The lines of the second in which one goes on come again.
    const from = isFirst ? since : (this.position?.time ?? floor);
    return {
      ...(from === undefined ? {} : { sinceTime: `${from.slice(0, 19)}Z` }),
      ...(isWished && tail !== undefined ? { tailLines: tail } : {}),
    };
  }

  private isRead(): void {
    this.hasOpened = true;
    this.pieces += 1;
    this.failures = 0;
    this.parts.trouble(this.parts.key, undefined);
  }

  private async pass(raw: readonly RawLine[], repeated: Repeated, signal: AbortSignal): Promise<void> {
    const { queue, key, source, wishes } = this.parts;
    const lines: Parameters<LogQueue['push']>[0][number][] = [];
    for (const each of raw) {
      const { time, text: bytes } = this.reader.timeOf(each);
      if (repeated.has(time)) continue;
      this.position = advanced(this.position, time);
      if (wishes.since !== undefined && time < wishes.since) continue;
      const { text, cut } = this.reader.show(time, bytes, each.cut);
      if (!wishes.matches(text)) continue;
      const size = text.length + LINE_OVERHEAD;
      const isLive = isRecent(time, Date.now());
      lines.push({ time, text, cut, key, size, isLive, source: source.source, position: this.position });
    }
    queue.push(lines);
    await queue.untilRoom(source.source, signal);
  }

  private failed(error: unknown, previous: boolean): Outcome {
    const { pod } = this.parts;
    // Who has the connections is away for a moment, as a cluster may be.
    const isAway = error instanceof DomainError && error.kind === 'unavailable';
    if (isAway) return this.away(error.message);
    if (!(error instanceof KubernetesApiError)) throw error;
    const kind = classifyError(error);
    if (kind === 'forbidden') {
      this.notice('FORBIDDEN', `The log of ${pod.name} may not be read: ${error.message}`);
      return 'over';
    }
    if (kind === 'not-found' || this.isGone) {
      if (!previous) this.notice('POD_GONE', `The pod ${pod.name} is gone.`);
      return 'over';
    }
    if (error.httpStatus === 400) return this.refused(error.message, previous);
    // A credential that is refused may have been replaced a moment ago, or is going to be.
    if (error.httpStatus === 0 || kind === 'unauthorized') return this.away(error.message);
    this.failures += 1;
    this.problem = error.message;
    if (this.parts.wishes.follow && this.failures === TRIES_BEFORE_NOTICE) this.notReadable(error.message);
    return 'retry';
  }

  private away(message: string): Outcome {
    this.failures += 1;
    this.problem = message;
    if (this.parts.wishes.follow) this.parts.trouble(this.parts.key, message);
    return 'retry';
  }

  private notReadable(message: string): void {
    const { pod, source } = this.parts;
    this.notice('NOT_READABLE', `The log of ${pod.name}/${source.container} cannot be read now: ${message}`);
  }

  /** A kubelet says so in words alone. */
  private refused(message: string, previous: boolean): Outcome {
    const { source, pod, wishes } = this.parts;
    if (previous && !wishes.previous) return 'over';
    if (/previous terminated container/.test(message)) {
      this.notice('NO_PREVIOUS', `${pod.name}/${source.container} has no run before the current one.`);
      return 'over';
    }
    if (/is waiting to start|ContainerCreating|PodInitializing|trying and failing to pull/.test(message)) {
      this.notice('NOT_STARTED', `${pod.name}/${source.container} has not started: ${message}`);
      return previous ? 'over' : 'wait';
    }
    this.notice('NOT_READABLE', `The log of ${pod.name}/${source.container} cannot be read: ${message}`);
    return 'over';
  }

  private notStarted(): void {
    const { reason, message, name, kind } = this.state;
    // Init containers and what comes after them start one after the other, which is nothing to tell.
    if (reason === '' || reason === 'PodInitializing' || (kind === 'init' && reason === 'ContainerCreating')) return;
    const why = message === '' ? reason : `${reason}: ${message}`;
    this.notice('NOT_STARTED', `${this.parts.pod.name}/${name} has not started: ${why}`, reason);
  }

  /** Each once, for as long as it stays so. */
  private notice(code: LogNoticeData['code'], message: string, once: string | number = ''): void {
    const id = `${code} ${String(once)}`;
    if (this.said.has(id)) return;
    this.said.add(id);
    this.parts.queue.say({ event: 'notice', data: { source: this.parts.source.source, code, message } });
  }
}

function waitAfter(times: number): number {
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, times - 1));
}
