import { below, pathRules } from '../tree/path-rules.ts';

/** Places that merge in a way of their own. Everything else: mappings by key, lists append, others replace. */
export const mergeRules = pathRules<MergeRule>([
  ...below<MergeRule>(
    ['services.*'],
    [
      ['annotations', 'assignments'],
      ['build', 'build'],
      ['build.args', 'assignments'],
      ['build.additional_contexts', 'assignments'],
      ['build.extra_hosts', 'append'],
      ['build.labels', 'assignments'],
      ['command', 'replace'],
      ['depends_on', 'dependencies'],
      ['deploy.labels', 'assignments'],
      ['dns', 'append'],
      ['dns_opt', 'append'],
      ['dns_search', 'append'],
      ['entrypoint', 'replace'],
      ['env_file', 'append'],
      ['label_file', 'append'],
      ['environment', 'assignments'],
      ['extra_hosts', 'append'],
      ['healthcheck.test', 'replace'],
      ['labels', 'assignments'],
      ['volumes.*.volume.labels', 'assignments'],
      ['logging', 'logging'],
      ['models', 'names'],
      ['networks', 'names'],
      ['sysctls', 'assignments'],
      ['tmpfs', 'append'],
      ['ulimits.*', 'limit'],
    ],
  ),
  ['networks.*.ipam.config', 'address pools'],
  ['networks.*.labels', 'assignments'],
  ['volumes.*.labels', 'assignments'],
  ['secrets.*.labels', 'assignments'],
  ['configs.*.labels', 'assignments'],
]);
/** How two values of one place become one. The default: mappings by key, lists append, others replace. */
export type MergeRule =
  'replace' | 'append' | 'assignments' | 'build' | 'dependencies' | 'names' | 'logging' | 'limit' | 'address pools';
