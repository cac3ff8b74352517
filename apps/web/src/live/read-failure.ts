import {
  DomainError,
  errorEnvelope,
  type ErrorEnvelope,
  type ErrorKind,
  type StreamConnection,
} from '@ushadow/contracts';
import { z } from 'zod';

/** With these the answer will be the same next time. */
export const refusal: ReadonlySet<ErrorKind> = new Set(['not-found', 'invalid', 'forbidden', 'unauthenticated']);

const failureOfOne = z.object({ deployment_id: z.string(), error: errorEnvelope });

/** Why one of several deployments cannot be followed; null for what is no such message. */
export function readFailureOfOne(
  data: string,
): { readonly deployment_id: string; readonly error: ErrorEnvelope } | null {
  return failureOfOne.safeParse(JSON.parse(data)).data ?? null;
}

/** Why a stream was not opened. */
export async function readFailure({ status, json }: StreamConnection): Promise<Error> {
  const envelope = errorEnvelope.safeParse(await json().catch(() => null));
  return envelope.success ? DomainError.fromEnvelope(envelope.data) : new Error(`HTTP ${String(status)}`);
}
