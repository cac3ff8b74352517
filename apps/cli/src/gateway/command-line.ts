import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError, type OptionTable } from '../command.ts';

/** The options of every command that calls the gateway. */
export const GATEWAY_OPTIONS = {
  api: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/** Of what goes on, such as a deployment, one value a line; of all else one. */
export const JSON_USAGE = `      --json                 as data: one JSON value, or one a line while it goes on; also why it failed
`;

export const GATEWAY_USAGE = `${JSON_USAGE}      --api URL              the gateway; default: USHADOW_API, else http://127.0.0.1:7400. A token is taken from USHADOW_TOKEN
`;

export const PLACE_OPTIONS = {
  cluster: { type: 'string', short: 'c' },
  namespace: { type: 'string', short: 'n' },
} as const satisfies ParseArgsConfig['options'];

export const PLACE_USAGE = `  -c, --cluster NAME|ID      default: USHADOW_CLUSTER, else the only one there is
  -n, --namespace NAME       default: where the project's stack is; for a new one its name
`;

/** The options that say which stack is meant. */
export const STACK_OPTIONS = {
  ...PLACE_OPTIONS,
  file: { type: 'string', short: 'f', multiple: true },
  'project-name': { type: 'string', short: 'p' },
} as const satisfies ParseArgsConfig['options'];

export const STACK_USAGE = `  -p, --project-name NAME    default: the project in this folder
  -f, --file FILE            Compose file of the project; repeat
  -c, --cluster NAME|ID      default: USHADOW_CLUSTER, else wherever the project is
  -n, --namespace NAME       default: wherever the project is
`;

export interface StackValues {
  readonly file?: readonly string[] | undefined;
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'project-name'?: string | undefined;
}

/** Parses strictly, with up to `most` arguments beside the options; without `most`, any number. */
export function parseCommandLine<T extends OptionTable>(args: readonly string[], options: T, most = Infinity) {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true, allowNegative: true });
    const extra = parsed.positionals.slice(most)[0];
    if (extra !== undefined) throw new UsageError(`There is one argument too many: ${extra}.`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number, where the option is given. */
export function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${option} is a whole number, not ${text}.`);
  return Number(text);
}

/** The argument that a command cannot do without. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing.`);
  return value;
}
