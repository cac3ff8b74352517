import type { DeploymentData, DomainError, ProgressEventData } from '@ushadow/contracts';
import type { Connection } from '../../../../live/messages.ts';
import { Fold, type Outline } from './fold.ts';
import type { Progress } from './progress.ts';

export interface LiveState {
  /** Every event so far, in order. */
  readonly log: readonly ProgressEventData[];
  readonly progress: Progress;
  /** The deployment with its verdict, once it has ended. */
  readonly ended: DeploymentData | null;
  readonly connection: Connection | 'ended';
  readonly refusal: DomainError | null;
}

const nothing: Outline = { services: [], objects: new Map() };

/** What is known of a deployment while its page is open: its events, and what they add up to. */
export class LiveDeployment {
  private readonly log: ProgressEventData[] = [];
  private readonly listeners = new Set<() => void>();
  private fold = new Fold(nothing);
  private state: LiveState = {
    log: this.log,
    progress: this.fold.progress,
    ended: null,
    connection: 'connecting',
    refusal: null,
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly read = (): LiveState => this.state;

  take(events: readonly ProgressEventData[]): void {
    this.log.push(...events);
    for (const event of events) this.fold.take(event);
    this.change({ progress: this.fold.progress });
  }

  /** Adds everything up anew: objects belong to other services now than was known. */
  setOutline(outline: Outline): void {
    this.fold = new Fold(outline);
    for (const event of this.log) this.fold.take(event);
    this.change({ progress: this.fold.progress });
  }

  change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
