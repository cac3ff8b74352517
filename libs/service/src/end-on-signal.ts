import type { Logger } from '@ushadow/observability';

/** One orderly end on the first signal; a second signal ends at once. Gives whether there was one. */
export function endOnSignal(logger: Logger, end: () => Promise<void>): () => boolean {
  let ending = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    ending = true;
    logger.info({ signal }, 'ending');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not end in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return () => ending;
}
