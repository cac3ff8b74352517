import { autoscalingRules } from './rules/autoscaling.ts';
import { claimRules } from './rules/claims.ts';
import { configDataRules } from './rules/config-data.ts';
import { containerRules } from './rules/containers.ts';
import { disruptionRules } from './rules/disruption.ts';
import { environmentRules } from './rules/environment.ts';
import { fieldFormats } from './rules/field-formats.ts';
import { handlerRules } from './rules/handlers.ts';
import { httpRouteRules } from './rules/http-route.ts';
import { ingressRules } from './rules/ingress.ts';
import { jobRules } from './rules/jobs.ts';
import { labelRules } from './rules/labels.ts';
import { mountRules } from './rules/mounts.ts';
import { nameRules } from './rules/names.ts';
import { networkPolicyRules } from './rules/network-policy.ts';
import { podRules } from './rules/pods.ts';
import { objectSetRules } from './rules/object-set.ts';
import { rbacRules } from './rules/rbac.ts';
import { resourceRules } from './rules/resources.ts';
import { schedulingRules } from './rules/scheduling.ts';
import { securityRules } from './rules/security.ts';
import { servicePortRules, serviceRules } from './rules/services.ts';
import { volumeRules } from './rules/volumes.ts';
import { workloadRules } from './rules/workloads.ts';
import type { FieldRule, TypeRule } from './type-rule.ts';

const allTypeRules: readonly TypeRule[] = [
  ...nameRules,
  ...labelRules,
  ...workloadRules,
  ...jobRules,
  ...podRules,
  ...containerRules,
  ...environmentRules,
  ...handlerRules,
  ...mountRules,
  ...volumeRules,
  ...resourceRules,
  ...securityRules,
  ...schedulingRules,
  ...serviceRules,
  ...servicePortRules,
  ...ingressRules,
  ...httpRouteRules,
  ...networkPolicyRules,
  ...autoscalingRules,
  ...disruptionRules,
  ...configDataRules,
  ...claimRules,
  ...rbacRules,
];

function index<T>(rules: readonly T[], keysOf: (rule: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const rule of rules)
    for (const key of keysOf(rule)) {
      const list = found.get(key);
      if (list) list.push(rule);
      else found.set(key, [rule]);
    }
  return found;
}

/** By API type. */
export const typeRules: ReadonlyMap<string, readonly TypeRule[]> = index(allTypeRules, (rule) => rule.on);
/** By `Type.field`. */
export const fieldRules: ReadonlyMap<string, readonly FieldRule[]> = index(fieldFormats, (rule) => rule.fields);
export const setRules = objectSetRules;

/** The names of all rules beyond the schema's own. */
export const ruleNames: readonly string[] = [
  ...new Set([...allTypeRules, ...fieldFormats, ...setRules].map((r) => r.rule)),
].sort();
