import { PROXY_RULES } from '@ushadow/proxy-labels';
import { ENVIRONMENT_RULES } from './environment-rules.ts';
import { LABEL_RULES } from './label-rules.ts';
import { KEY_RULES } from './key-rules.ts';
import { NAME_RULES } from './name-rules.ts';
import { POLICY_RULES } from './policy-rules.ts';
import { PORT_RULES } from './port-rules.ts';
import { ROUTE_RULES } from './route-rules.ts';
import { SECRET_RULES } from './secret-rules.ts';
import { STORAGE_RULES } from './storage-rules.ts';
import { WORKLOAD_RULES } from './workload-rules.ts';

/**
 * Every finding of the compiler. A code never changes its meaning. Hundreds: 01 names, 02 images, 03 environment,
 * 04 ports and, from 0440, secrets, 05 workloads, 06 order, 07 health, 08 resources and scheduling, 09 storage, 10 keys and
 * what is allowed, 11 labels and patches, 12 the API of the cluster and what came with newer releases, 14 routes.
 */
export const CATALOGUE = {
  ...NAME_RULES,
  ...ENVIRONMENT_RULES,
  ...PORT_RULES,
  ...ROUTE_RULES,
  ...SECRET_RULES,
  ...WORKLOAD_RULES,
  ...STORAGE_RULES,
  ...KEY_RULES,
  ...LABEL_RULES,
  ...POLICY_RULES,
  ...PROXY_RULES,
};
