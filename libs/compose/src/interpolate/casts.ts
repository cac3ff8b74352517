import { below, pathRules } from '../tree/path-rules.ts';

/** What a text becomes after interpolation; every other place keeps it as text. */
export type Cast = 'boolean' | 'integer' | 'number';

const CONTAINER: readonly (readonly [string, Cast])[] = [
  ['cpu_count', 'integer'],
  ['cpu_percent', 'number'],
  ['cpu_period', 'integer'],
  ['cpu_quota', 'integer'],
  ['cpu_rt_period', 'integer'],
  ['cpu_rt_runtime', 'integer'],
  ['cpus', 'number'],
  ['cpu_shares', 'integer'],
  ['init', 'boolean'],
  ['oom_kill_disable', 'boolean'],
  ['oom_score_adj', 'integer'],
  ['pids_limit', 'integer'],
  ['privileged', 'boolean'],
  ['read_only', 'boolean'],
  ['ulimits.*', 'integer'],
  ['ulimits.*.hard', 'integer'],
  ['ulimits.*.soft', 'integer'],
  ['volumes.*.read_only', 'boolean'],
  ['volumes.*.volume.nocopy', 'boolean'],
];

const SERVICE: readonly (readonly [string, Cast])[] = [
  ['depends_on.*.required', 'boolean'],
  ['depends_on.*.restart', 'boolean'],
  ['healthcheck.retries', 'integer'],
  ['healthcheck.disable', 'boolean'],
  ['ports.*.target', 'integer'],
  ['stdin_open', 'boolean'],
  ['tty', 'boolean'],
  ['deploy.replicas', 'integer'],
  ['deploy.update_config.parallelism', 'integer'],
  ['deploy.update_config.max_failure_ratio', 'number'],
  ['deploy.rollback_config.parallelism', 'integer'],
  ['deploy.rollback_config.max_failure_ratio', 'number'],
  ['deploy.restart_policy.max_attempts', 'integer'],
  ['deploy.placement.max_replicas_per_node', 'integer'],
  ['scale', 'integer'],
];

export const castRules = pathRules<Cast>([
  ...below(['services.*', 'services.*.pre_start.*'], CONTAINER),
  ...below(['services.*'], SERVICE),
  ['networks.*.external', 'boolean'],
  ['networks.*.internal', 'boolean'],
  ['networks.*.attachable', 'boolean'],
  ['networks.*.enable_ipv4', 'boolean'],
  ['networks.*.enable_ipv6', 'boolean'],
  ['volumes.*.external', 'boolean'],
  ['secrets.*.external', 'boolean'],
  ['configs.*.external', 'boolean'],
]);

/** Article and noun for messages. */
export const CAST_NAMES: Record<Cast, string> = {
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
};

const BOOLEANS: Record<string, { readonly value: boolean; readonly old: boolean }> = {
  true: { value: true, old: false },
  false: { value: false, old: false },
  y: { value: true, old: true },
  yes: { value: true, old: true },
  on: { value: true, old: true },
  n: { value: false, old: true },
  no: { value: false, old: true },
  off: { value: false, old: true },
};

/** Reads a boolean; `old` marks the words of YAML 1.1. */
export function readBoolean(text: string): { readonly value: boolean; readonly old: boolean } | undefined {
  return Object.hasOwn(BOOLEANS, text.toLowerCase()) ? BOOLEANS[text.toLowerCase()] : undefined;
}

export function readInteger(text: string): number | undefined {
  return /^[-+]?[0-9]+$/.test(text) ? Number(text) : undefined;
}

export function readNumber(text: string): number | undefined {
  return /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : undefined;
}
