import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isPortFree, portOr } from '@ushadow/testing/servers';

/** What a person may choose. */
export type StartOptions = {
  readonly sandbox: boolean;
  readonly composeDirectory: string;
  /** File of variables for every Compose file, as the compiler-service reads it. */
  readonly composeEnvFile: string;
  /** Folders of templates, as the compiler-service reads them. */
  readonly templateDirectories: string;
  /** Where people reach the page. */
  readonly publicUrl: string;
  readonly manifestsDirectory: string;
  /** What pods may do, as the compiler-service reads it. */
  readonly hostPaths: string;
  readonly podSecurity: string;
  readonly serviceAccounts: string;
  readonly gatewayPort: number;
  readonly webPort: number;
  readonly logLevel: string;
};

/** A wrong flag or setting; the message is all that is shown. */
export class UsageError extends Error {}

const GATEWAY_PORT = 7400;
const WEB_PORT = 7401;

/** Reads flags and environment. `tell` gets a line when a default port has to give way. */
export async function readOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string,
  tell: (line: string) => void,
): Promise<StartOptions> {
  const unknown = args.find((each) => each !== '--no-sandbox');
  if (unknown) throw new UsageError(`unknown option ${unknown}; there is --no-sandbox`);
  const composeDirectory = resolve(root, env['COMPOSE_DIR'] || join(root, 'examples'));
  if (!statSync(composeDirectory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`COMPOSE_DIR=${composeDirectory} is not a folder`);
  }
  const webPort = await choosePort('WEB_PORT', env, WEB_PORT, tell);
  return {
    sandbox: !args.includes('--no-sandbox'),
    composeDirectory,
    composeEnvFile: env['COMPOSE_ENV_FILE'] ?? '',
    templateDirectories: env['TEMPLATES_DIR'] ?? '',
    publicUrl: env['PUBLIC_URL'] || `http://localhost:${webPort}`,
    manifestsDirectory: env['MANIFESTS_DIR'] ?? '',
    hostPaths: env['HOST_PATHS'] ?? '',
    podSecurity: env['POD_SECURITY'] ?? '',
    serviceAccounts: env['ALLOWED_SERVICE_ACCOUNTS'] ?? '',
    gatewayPort: await choosePort('PORT', env, GATEWAY_PORT, tell),
    webPort,
    logLevel: env['LOG_LEVEL'] || 'info',
  };
}

/** A port that was asked for must be free; a default one gives way. */
async function choosePort(
  variable: string,
  env: NodeJS.ProcessEnv,
  fallback: number,
  tell: (line: string) => void,
): Promise<number> {
  const text = env[variable];
  if (text) {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageError(`${variable}=${text} is not a port`);
    if (!(await isPortFree(port))) {
      throw new UsageError(`port ${port} is in use: end the program that has it, or set ${variable} to another one`);
    }
    return port;
  }
  const port = await portOr(fallback);
  if (port !== fallback) tell(`Port ${fallback} is in use; taking ${port} (set ${variable} to choose one)`);
  return port;
}
