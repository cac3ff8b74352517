import type { InputOf, operations } from '@ushadow/contracts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv, type ParseArgsConfig } from 'node:util';
import { parse } from 'yaml';
import { UsageError, type Surroundings } from '../command.ts';
import { oneOf } from '../compose/load-options.ts';
import { wholeNumber } from '../gateway/command-line.ts';

/** The options that say how a service is to run: the same for a plan and for a deployment. */
export const REQUEST_OPTIONS = {
  env: { type: 'string', short: 'e', multiple: true },
  'env-file': { type: 'string', multiple: true },
  spec: { type: 'string' },
  replicas: { type: 'string' },
  node: { type: 'string' },
  deadline: { type: 'string' },
  stall: { type: 'string' },
  'take-over': { type: 'boolean' },
  recreate: { type: 'string' },
  rollback: { type: 'boolean' },
  prune: { type: 'boolean' },
  'delete-claim': { type: 'string', multiple: true },
} as const satisfies ParseArgsConfig['options'];

export const REQUEST_USAGE = `  -e, --env NAME[=VALUE]     a variable; without a value that of this shell. Repeat
      --env-file FILE        variables; repeat, later files win, --env wins over all
      --spec FILE            deployment specification as JSON or YAML, for example {replicas: 2}
      --replicas N
      --node NAME            run on this node only
      --deadline SECONDS     until when it must be ready
      --stall SECONDS        how long nothing may move
      --take-over            claim fields that other managers own
      --recreate jobs|all|none
                             what may be deleted and made anew for an immutable field
      --no-rollback          leave a failure as it is
      --no-prune             leave what is no longer wanted
      --delete-claim NAME    a volume claim that may be deleted when no longer wanted; repeat
`;

export interface RequestValues {
  readonly env?: readonly string[] | undefined;
  readonly 'env-file'?: readonly string[] | undefined;
  readonly spec?: string | undefined;
  readonly replicas?: string | undefined;
  readonly node?: string | undefined;
  readonly deadline?: string | undefined;
  readonly stall?: string | undefined;
  readonly 'take-over'?: boolean | undefined;
  readonly recreate?: string | undefined;
  readonly rollback?: boolean | undefined;
  readonly prune?: boolean | undefined;
  readonly 'delete-claim'?: readonly string[] | undefined;
}

const RECREATE = ['jobs', 'all', 'none'] as const;

type Request = Omit<InputOf<typeof operations.planDeployment>, 'cluster_id' | 'service_id' | 'namespace'>;

/** The part of the request that the options say; what was not given is left to the gateway. */
export function requestOf(values: RequestValues, surroundings: Surroundings): Request {
  const variables = variablesOf(values, surroundings);
  const spec = specOf(values, surroundings);
  const { node, recreate, rollback, prune, 'take-over': takeOver, 'delete-claim': claims } = values;
  const [deadline, stall] = [wholeNumber('deadline', values.deadline), wholeNumber('stall', values.stall)];
  return {
    ...(Object.keys(variables).length === 0 ? {} : { env_vars: variables }),
    ...(spec === undefined ? {} : { k8s_spec: spec }),
    ...(node === undefined ? {} : { node_name: node }),
    ...(deadline === undefined ? {} : { deadline_seconds: deadline }),
    ...(stall === undefined ? {} : { stall_seconds: stall }),
    ...(takeOver === undefined ? {} : { take_over: takeOver }),
    ...(recreate === undefined ? {} : { recreate: oneOf('recreate', recreate, RECREATE) }),
    ...(rollback === undefined ? {} : { rollback }),
    ...(prune === undefined ? {} : { prune }),
    ...(claims === undefined ? {} : { delete_claims: [...claims] }),
  };
}

function variablesOf(values: RequestValues, surroundings: Surroundings): Record<string, string> {
  const files = (values['env-file'] ?? []).map((file) => parseEnv(readText(file, surroundings)));
  const given = (values.env ?? []).map((text): [string, string] => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
    const value = surroundings.environment[text];
    if (value === undefined) throw new UsageError(`The variable ${text} is not set in this shell.`);
    return [text, value];
  });
  return Object.assign({}, ...files, Object.fromEntries(given)) as Record<string, string>;
}

function specOf(values: RequestValues, surroundings: Surroundings): Request['k8s_spec'] {
  const replicas = wholeNumber('replicas', values.replicas);
  if (values.spec === undefined) return replicas === undefined ? undefined : { replicas };
  const spec: unknown = parseSpec(values.spec, readText(values.spec, surroundings));
  // The gateway checks it against the contract and names what does not fit.
  return { ...(spec as Request['k8s_spec']), ...(replicas === undefined ? {} : { replicas }) };
}

function parseSpec(file: string, text: string): unknown {
  try {
    const spec: unknown = parse(text);
    if (typeof spec === 'object' && spec !== null && !Array.isArray(spec)) return spec;
  } catch {
    // Said below.
  }
  throw new UsageError(`${file} is no JSON or YAML mapping.`);
}

function readText(file: string, { workingDirectory }: Surroundings): string {
  try {
    return readFileSync(resolve(workingDirectory, file), 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
