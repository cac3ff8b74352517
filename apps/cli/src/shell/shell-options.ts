import type { ParseArgsConfig } from 'node:util';
import { UsageError, type OptionTable } from '../command.ts';
import { GATEWAY_OPTIONS, GATEWAY_USAGE } from '../gateway/command-line.ts';

/** The options that say which stack and which container are meant; `-c` names a container here. */
export const SHELL_OPTIONS = {
  ...GATEWAY_OPTIONS,
  file: { type: 'string', short: 'f', multiple: true },
  'project-name': { type: 'string', short: 'p' },
  cluster: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  pod: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export const CONTAINER_OPTION = {
  container: { type: 'string', short: 'c' },
} as const satisfies ParseArgsConfig['options'];

export const SHELL_USAGE = `      --pod POD              default: the newest one of the service that is ready
  -p, --project-name NAME    default: the project in this folder
  -f, --file FILE            Compose file of the project; repeat
      --cluster NAME|ID      default: USHADOW_CLUSTER, else wherever the project is
  -n, --namespace NAME       default: wherever the project is
${GATEWAY_USAGE}`;

/** Splits arguments before the command that is to be run, whose own options are not ours. */
export function splitCommand(
  args: readonly string[],
  options: OptionTable,
): { readonly own: readonly string[]; readonly service: string; readonly command: readonly string[] } {
  const own: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') return { own, service: args[at + 1] ?? '', command: args.slice(at + 2) };
    if (!arg.startsWith('-') || arg === '-') return { own, service: arg, command: withoutDashes(args.slice(at + 1)) };
    own.push(arg);
    if (!takesValue(arg, options)) continue;
    at += 1;
    const value = args[at];
    if (value === undefined) throw new UsageError(`${arg} needs a value.`);
    own.push(value);
  }
  return { own, service: '', command: [] };
}

function withoutDashes(command: readonly string[]): readonly string[] {
  return command[0] === '--' ? command.slice(1) : command;
}

/** The value comes as the next argument. */
export function takesValue(arg: string, options: OptionTable): boolean {
  if (arg.startsWith('--')) return !arg.includes('=') && options[arg.slice(2)]?.type === 'string';
  for (const [index, letter] of [...arg.slice(1)].entries()) {
    const option = Object.values(options).find(({ short }) => short === letter);
    if (option?.type === 'string') return index === arg.length - 2;
  }
  return false;
}
