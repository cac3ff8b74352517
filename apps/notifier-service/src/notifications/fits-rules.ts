import { clusterOf, type NotificationData, type NotificationRuleData } from '@ushadow/contracts';

/** Whether one of the rules wants it. What a rule does not name is not asked for. */
export function fitsRules(rules: readonly NotificationRuleData[], notification: NotificationData): boolean {
  const { type, target, stack_id: stack } = notification;
  if (type === 'test') return false;
  return rules.some(
    (rule) =>
      rule.events.includes(type) &&
      (rule.cluster_id === undefined || (target !== null && rule.cluster_id === clusterOf(target))) &&
      (rule.stack_id === undefined || rule.stack_id === stack),
  );
}
