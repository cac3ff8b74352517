import type { operations, RequestOf } from '@ushadow/contracts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { parse } from 'yaml';
import { UsageError, type CommandContext } from '../command.ts';
import { oneOf } from '../compose/load-options.ts';
import { publicAddresses } from '../compose/public-addresses.ts';
import { wholeNumber } from '../gateway/command-line.ts';

/** The options that say how a project is to be deployed: the same for a plan and for a deployment. */
export const STACK_OPTIONS = {
  env: { type: 'string', short: 'e', multiple: true },
  'with-dependencies': { type: 'boolean' },
  'infra-of': { type: 'string', multiple: true },
  forget: { type: 'string', multiple: true },
  keep: { type: 'boolean' },
  adopt: { type: 'string', multiple: true },
  drop: { type: 'string', multiple: true },
  spec: { type: 'string' },
  public: { type: 'string', multiple: true },
  deadline: { type: 'string' },
  stall: { type: 'string' },
  'take-over': { type: 'boolean' },
  recreate: { type: 'string' },
  prune: { type: 'boolean' },
  'delete-claim': { type: 'string', multiple: true },
} as const satisfies ParseArgsConfig['options'];

export const STACK_USAGE = `  -e, --env NAME[=VALUE]     a variable; without a value that of this shell. Repeat
      --with-dependencies    take along what the services depend on
      --infra-of PROJECT     use the databases, caches and queues of another stack; remembered; repeat
      --forget NAME          a variable whose remembered value no longer counts; repeat
      --keep                 leave a failure as it is, instead of going back to what was good
      --adopt KIND/NAME      an object nobody owns that becomes this stack's; repeat
      --drop NAME            give up what was overridden or adopted, by its name or for a service; repeat
      --spec FILE            JSON or YAML: by service how it is to run, for example {web: {replicas: 2}}
      --public SERVICE=HOST[:PORT][/PATH[#strip]]
                             where it is reached from outside, with the port of its container; #strip: it is asked
                             without the path; repeat
      --deadline SECONDS     until when it must be ready
      --stall SECONDS        how long nothing may move
      --take-over            claim fields that other managers own
      --recreate jobs|all|none
                             what may be deleted and made anew for an immutable field
      --no-prune             leave what is no longer wanted
      --delete-claim NAME    a volume claim that may be deleted when no longer wanted; repeat
`;

export interface StackOptionValues {
  readonly env?: readonly string[] | undefined;
  readonly 'with-dependencies'?: boolean | undefined;
  readonly 'infra-of'?: readonly string[] | undefined;
  readonly forget?: readonly string[] | undefined;
  readonly keep?: boolean | undefined;
  readonly adopt?: readonly string[] | undefined;
  readonly drop?: readonly string[] | undefined;
  readonly spec?: string | undefined;
  readonly public?: readonly string[] | undefined;
  readonly deadline?: string | undefined;
  readonly stall?: string | undefined;
  readonly 'take-over'?: boolean | undefined;
  readonly recreate?: string | undefined;
  readonly prune?: boolean | undefined;
  readonly 'delete-claim'?: readonly string[] | undefined;
}

/** What is wanted of a project, beside which one it is and where. */
export type StackRequest = Omit<RequestOf<typeof operations.planStack>, 'cluster_id' | 'project'>;

const RECREATE = ['jobs', 'all', 'none'] as const;

/** The part of the request that the options say; what was not given is left to the gateway. */
export function stackRequestOf(values: StackOptionValues, context: CommandContext): StackRequest {
  const { recreate, prune, keep, adopt, drop, forget, 'take-over': takeOver, 'delete-claim': claims } = values;
  const dependencies = values['with-dependencies'];
  const specs = specsWanted(values, context);
  const [deadline, stall] = [wholeNumber('deadline', values.deadline), wholeNumber('stall', values.stall)];
  return {
    ...(dependencies === undefined ? {} : { with_dependencies: dependencies }),
    ...(forget === undefined ? {} : { forget: [...forget] }),
    ...(keep === undefined ? {} : { rollback: !keep }),
    ...(adopt === undefined ? {} : { adopt: adopt.map(adopted) }),
    ...(drop === undefined ? {} : { drop: [...drop] }),
    ...(specs === undefined ? {} : { specs }),
    ...(deadline === undefined ? {} : { deadline_seconds: deadline }),
    ...(stall === undefined ? {} : { stall_seconds: stall }),
    ...(takeOver === undefined ? {} : { take_over: takeOver }),
    ...(recreate === undefined ? {} : { recreate: oneOf('recreate', recreate, RECREATE) }),
    ...(prune === undefined ? {} : { prune }),
    ...(claims === undefined ? {} : { delete_claims: [...claims] }),
  };
}

/** Variables as they were typed, or taken by name from this shell. */
export function typedVariables(
  { env = [] }: StackOptionValues,
  { environment }: Pick<CommandContext, 'environment'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    env.map((text): [string, string] => {
      const equals = text.indexOf('=');
      if (equals === 0) throw new UsageError(`--env is NAME or NAME=VALUE, not ${text}.`);
      if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
      const value = environment[text];
      if (value === undefined) throw new UsageError(`The variable ${text} is not set in this shell.`);
      return [text, value];
    }),
  );
}

function adopted(text: string): string {
  if (!/^[A-Za-z]+\/[a-z0-9.-]+$/.test(text)) throw new UsageError(`--adopt is KIND/NAME, not ${text}.`);
  return text;
}

/** Those of a file, with the public addresses of the command line. */
function specsWanted({ spec, public: addresses }: StackOptionValues, context: CommandContext): StackRequest['specs'] {
  if (spec === undefined && addresses === undefined) return undefined;
  const specs = spec === undefined ? {} : specsOf(spec, context);
  for (const [service, publicAt] of publicAddresses(addresses ?? []))
    specs[service] = { ...specs[service], public_at: [...publicAt] };
  return specs;
}

/** The gateway checks each against the contract and names what does not fit. */
function specsOf(file: string, context: CommandContext): NonNullable<StackRequest['specs']> {
  const specs = parseMapping(readText(file, context));
  if (specs === undefined) throw new UsageError(`${file} is no JSON or YAML mapping.`);
  return specs as NonNullable<StackRequest['specs']>;
}

function parseMapping(text: string): object | undefined {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string, { workingDirectory }: CommandContext): string {
  try {
    return readFileSync(resolve(workingDirectory, file), 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
