import type { LogTime } from '@ushadow/logs';

/** Which lines somebody wants. */
export interface LogWishes {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly tail: number | undefined;
  readonly since: LogTime | undefined;
  readonly matches: (text: string) => boolean;
}

/**
 * Where a log begins of which nothing was read before: `wished`: as the wishes say; `whole`: with its first line, since it began
 * while somebody looked; `floor`: where somebody goes on.
 */
export type LogStart = 'wished' | 'whole' | 'floor';
