import { z } from 'zod';
import { errorEnvelope } from '../error-envelope.ts';

/**
 * First byte of each binary message of a WebSocket; the rest is what is said on that channel. Numbered as Kubernetes does it in
 * `v5.channel.k8s.io`.
 */
export const byteChannels = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  /** `StreamEnd` as JSON; the last message of all. */
  status: 3,
  /** `width` and `height` of a terminal as JSON. */
  resize: 4,
  /** Variables of a command as JSON, before anything else, where they were announced by name. */
  environment: 5,
  /**
   * How many bytes of output somebody has taken in all, in decimal digits. Who has said so once is sent no more than some ahead of it:
   * a page cannot stop what it is sent in any other way.
   */
  taken: 6,
  /** Its one byte names a channel that nothing more comes on. */
  close: 255,
} as const;

export const terminalSize = z.object({
  width: z.coerce.number().int().min(1).max(10_000),
  height: z.coerce.number().int().min(1).max(10_000),
});

/** How a stream ended. */
export const streamEnd = z.looseObject({
  reason: z.enum(['done', 'restart', 'failure']),
  exit_code: z.int().min(0).max(255).optional().describe('Of the command'),
  error: errorEnvelope.optional().describe('Why there was none, or why it could not go on'),
});

/** Where connections of a forwarded port go: the answer to `GET /` in the HTTP/2 that its stream carries. */
export const forwardedTo = z.object({ pod: z.string(), port: z.int() });

/** Of the answer to a connection that could not be made: why, percent-encoded. */
export const FORWARD_ERROR_HEADER = 'ushadow-error';

export type StreamEnd = z.infer<typeof streamEnd>;
export type ForwardedTo = z.infer<typeof forwardedTo>;
