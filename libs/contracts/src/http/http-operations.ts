import type { HttpOperation } from './build-request.ts';
import { publicOperations } from '../registry.ts';

/** The public operations by name, seen without their particular types. */
export const httpOperations = publicOperations as unknown as Readonly<Record<string, HttpOperation>>;
