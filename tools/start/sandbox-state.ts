import { renameSync, writeFileSync } from 'node:fs';
import type { SandboxData } from '@ushadow/contracts';
import type { Progress } from '@ushadow/testing/servers';

/** Says in a file, which the cluster-service reads, how far the sandbox cluster is. */
export class SandboxState {
  readonly #path: string;
  #last: SandboxData | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  making(doing: string): void {
    this.#write({ ...NOTHING, state: 'making', doing });
  }

  ready(): void {
    this.#write({ ...NOTHING, state: 'ready' });
  }

  failed(reason: string, remedy: string): void {
    this.#write({ ...NOTHING, state: 'failed', reason, remedy });
  }

  off(): void {
    this.#write({ ...NOTHING, state: 'off' });
  }

  /** The time is that of the change of state. Renamed into place, so that nobody reads half of it. */
  #write(now: Omit<SandboxData, 'since'>): void {
    const last = this.#last;
    if (last !== undefined && last.state === now.state && last.doing === now.doing) return;
    const since = last?.state === now.state ? last.since : new Date().toISOString();
    this.#last = { ...now, since };
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#last)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
  }
}

const NOTHING = { doing: null, reason: null, remedy: null } as const;

/** The same progress, each change of which is also told as one line. */
export function watchedProgress(progress: Progress, tell: (line: string) => void): Progress {
  return {
    step: (label) => {
      const step = progress.step(label);
      tell(label);
      return {
        update: (detail) => {
          step.update(detail);
          tell(`${label}, ${detail}`);
        },
        done: step.done,
      };
    },
  };
}
