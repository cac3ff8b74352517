import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { SampleRing, type PodUsage } from '@ushadow/live-tree';
import { metricsVersion, podFigures, whyNot } from './metrics-api.ts';

/** As often as metrics-server measures. */
const EVERY_MS = 15_000;
/** So long after somebody has asked last it goes on. */
const KEPT_OPEN_MS = 60_000;
const HISTORY_MS = 15 * 60_000;

export type Usages = ReadonlyMap<string, PodUsage>;

/** Measures the pods of one namespace again and again while somebody asks, and keeps what it has measured. */
export class MetricsSampler {
  readonly ring = new SampleRing<Usages>({ keptMs: HISTORY_MS, max: HISTORY_MS / EVERY_MS });
  version: string | undefined;
  /** Why there is nothing; empty where there is something. */
  message = '';
  private askedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private sampling: Promise<void> | undefined;

  constructor(
    private readonly connect: () => Promise<KubernetesTransport>,
    private readonly namespace: string,
    private readonly ended: () => void,
  ) {}

  /** Resolves when there is a sample, or known why not. */
  async ask(): Promise<void> {
    this.askedAt = Date.now();
    if (this.timer !== undefined) return this.sampling;
    this.timer = setInterval(() => this.tick(), EVERY_MS);
    this.sampling = this.sample();
    return this.sampling;
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tick(): void {
    if (Date.now() - this.askedAt > KEPT_OPEN_MS) {
      this.close();
      this.ended();
    } else {
      this.sampling = this.sample();
      // Whoever asks next hears of it.
      this.sampling.catch(() => undefined);
    }
  }

  private async sample(): Promise<void> {
    try {
      const cluster = await this.connect();
      this.version ??= await metricsVersion(cluster);
      if (this.version === undefined) {
        this.message = 'the cluster measures nothing: it has no metrics.k8s.io, which metrics-server would serve';
        return;
      }
      this.ring.add(Date.now(), await podFigures(cluster, this.version, this.namespace));
      this.message = '';
    } catch (error) {
      this.version = undefined;
      this.message = whyNot('CPU and memory', error);
    }
  }
}
