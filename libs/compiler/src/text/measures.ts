import { parseByteCount, parseDurationMs } from '@ushadow/compose';

/** Go knows no days and weeks, and no sign is meant where a time is. */
const GO_DURATION = /^(?:0|(?:\d+(?:\.\d+)?(?:ms|us|µs|ns|h|m|s))+)$/;

/** Seconds of a Go duration such as `1m30s`; undefined for absent or malformed text. */
export function durationSeconds(text: string | undefined): number | undefined {
  const ms = text === undefined || !GO_DURATION.test(text) ? undefined : parseDurationMs(text);
  return ms === undefined ? undefined : ms / 1000;
}

/** Bytes of a Compose size: `64m` is 64 MiB, as Docker reads it; undefined when it is none. */
export function byteCount(text: string): number | undefined {
  const bytes = parseByteCount(text.trim());
  return bytes === undefined || bytes < 0 ? undefined : bytes;
}
