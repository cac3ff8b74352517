import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequestContext } from './request-context.ts';

export interface LoggerOptions {
  readonly service: string;
  readonly level: string;
  /** Masks secrets in a finished log line; see Redactor in @ushadow/secrets. */
  readonly redact: (line: string) => string;
  readonly destination?: DestinationStream;
}

/** JSON lines with service, request id and actor; every line passes the redactor before it is written. */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const context = currentRequestContext();
      return context === undefined ? {} : { requestId: context.requestId, actor: context.actor };
    },
    hooks: { streamWrite: options.redact },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

export type { Logger } from 'pino';
