import { defaultOptions } from '../deployments/deploy-options.ts';
import type { DeployOptions } from '../deployments/deployment.ts';

/**
 * How a rollback goes about it, planned or not. What was made immutable since then must not prevent it, so that whatever may
 * be made anew is.
 */
export const rollbackOptions: DeployOptions = { ...defaultOptions, recreate: 'all' };
