import type { Progress } from './progress.ts';

/** What every provider needs to know about the machine and the checkout. */
export type ServerContext = {
  readonly env: NodeJS.ProcessEnv;
  /** Root folder of the repository: `tools/<program>/go.mod` pin what is built from source. */
  readonly root: string;
  readonly progress: Progress;
};
