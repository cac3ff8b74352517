import type { Failure } from '../failure.ts';

export const CANCELLED: Failure = { code: 'CANCELLED', message: 'the deployment was cancelled', evidence: [] };
