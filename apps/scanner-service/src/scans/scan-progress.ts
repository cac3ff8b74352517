import { events, type DataOf } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';

type Phase = DataOf<typeof events.scanProgressed>['phase'];

const INTERVAL_MS = 300;

interface Count {
  readonly listed: number;
  /** Undefined while it is not known. */
  readonly remaining: number | undefined;
}

/** Tells how far a scan is, a few times a second at most. */
export class ScanProgress {
  private readonly lists = new Map<string, Count>();
  private readonly resources = new Set<string>();
  private lastAt = -Infinity;

  constructor(
    private readonly bus: EventBus,
    private readonly place: { readonly clusterId: string; readonly namespace: string | null },
  ) {}

  start(): void {
    this.announce('listing', null);
  }

  /** A list is asked for. Gives how to report its pages; `undefined` when it gave nothing. */
  list(resource: string, namespace: string | undefined): (count: Count | undefined) => void {
    const key = `${resource} ${namespace ?? ''}`;
    this.resources.add(resource);
    this.lists.set(key, { listed: 0, remaining: undefined });
    return (count) => {
      // Set anew each time, so that a list that begins again is not counted twice.
      if (count === undefined) this.lists.delete(key);
      else this.lists.set(key, count);
      if (performance.now() - this.lastAt >= INTERVAL_MS) this.announce('listing', resource);
    };
  }

  end(phase: Extract<Phase, 'finished' | 'failed'>): void {
    this.announce(phase, null);
  }

  private announce(phase: Phase, what: string | null): void {
    this.lastAt = performance.now();
    const { clusterId, namespace } = this.place;
    const scanned = sumOf([...this.lists.values()].map(({ listed }) => listed));
    this.bus.announce(
      events.scanProgressed,
      { cluster_id: clusterId, namespace, phase, what, scanned, total: this.total(scanned) },
      { key: clusterId },
    );
  }

  /** The other kinds are asked for when the Services are known: until then nobody knows how much there is. */
  private total(scanned: number): number | null {
    const remaining = [...this.lists.values()].flatMap((count) => count.remaining ?? []);
    const isKnown = this.resources.size > 1 && remaining.length === this.lists.size;
    return isKnown ? scanned + sumOf(remaining) : null;
  }
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
