import type { DeployEvent } from './deploy-event.ts';
import type { DeployResult } from './deploy-result.ts';

/**
 * A run under way: it yields events in the batches in which they come, none of them empty, and returns the result. Each
 * batch should be stored before the next is asked for. Ending the iteration early cancels the run and waits for its calls.
 */
export type DeployRun = AsyncGenerator<readonly DeployEvent[], DeployResult, undefined>;
