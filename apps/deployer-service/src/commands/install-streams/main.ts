/** Makes the JetStream streams and their consumers, or brings them up to date. `npm run bus -- streams` runs it. */
import { busSettings, installerOptions, installStreams } from '@ushadow/messaging';
import { loadConfig, serviceConfig } from '@ushadow/observability';

const config = loadConfig(serviceConfig.extend(busSettings.shape), process.env);
try {
  for (const sentence of await installStreams(installerOptions(config))) process.stdout.write(`bus: ${sentence}\n`);
} catch (error) {
  process.stderr.write(
    `bus: the streams could not be made: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
