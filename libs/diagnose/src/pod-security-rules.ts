import type { Evidence } from './failure.ts';

interface SecurityRule {
  /** As Pod Security writes it in its message. */
  readonly text: RegExp;
  readonly composeKey: string;
  /** In a container, or in the pod spec. */
  readonly field: string;
  readonly of: 'container' | 'pod' | 'volume';
}

/** What Pod Security complains of, and the Compose key that causes or cures it. */
const RULES: readonly SecurityRule[] = [
  { text: /^privileged\b/, composeKey: 'privileged', field: 'securityContext.privileged', of: 'container' },
  {
    text: /^(non-default|unrestricted) capabilities/,
    composeKey: 'cap_add, cap_drop',
    field: 'securityContext.capabilities',
    of: 'container',
  },
  {
    text: /^allowPrivilegeEscalation/,
    composeKey: 'security_opt: no-new-privileges',
    field: 'securityContext.allowPrivilegeEscalation',
    of: 'container',
  },
  { text: /^runAsNonRoot/, composeKey: 'user', field: 'securityContext.runAsNonRoot', of: 'container' },
  { text: /^runAsUser/, composeKey: 'user', field: 'securityContext.runAsUser', of: 'container' },
  {
    text: /^seccompProfile/,
    composeKey: 'security_opt: seccomp',
    field: 'securityContext.seccompProfile',
    of: 'container',
  },
  { text: /^(forbidden )?AppArmor/i, composeKey: 'security_opt: apparmor', field: 'securityContext', of: 'container' },
  {
    text: /^seLinuxOptions/,
    composeKey: 'security_opt: label',
    field: 'securityContext.seLinuxOptions',
    of: 'container',
  },
  { text: /^procMount/, composeKey: 'security_opt: systempaths', field: 'securityContext.procMount', of: 'container' },
  { text: /^hostPort/, composeKey: 'ports', field: 'ports', of: 'container' },
  { text: /^(hostPath|restricted) volume/, composeKey: 'volumes', field: 'volumes', of: 'volume' },
  { text: /^host namespaces/, composeKey: 'network_mode, pid, ipc', field: '', of: 'pod' },
  { text: /^forbidden sysctls/, composeKey: 'sysctls', field: 'securityContext.sysctls', of: 'pod' },
];

/** One violated rule in the words of Pod Security. */
interface Violation {
  readonly text: string;
  readonly composeKey: string;
  readonly field: string;
}

/** `violates PodSecurity "restricted:latest": privileged (container "a" must not …), hostPath volumes (volume "b")`. */
function readViolations(message: string, podSpecPath: string): Violation[] {
  const [, list = ''] = /violates PodSecurity "[^"]*": (.*)/s.exec(message) ?? [];
  return [...list.matchAll(/([^(),][^()]*?) ?\(((?:[^()]|\([^()]*\))*)\)/g)].flatMap(
    ([whole, name = '', detail = '']) => {
      const rule = RULES.find(({ text }) => text.test(name.trim()));
      if (rule === undefined) return [];
      const [, quoted] = /(?:containers?|volumes?) "([^"]+)"/.exec(detail) ?? [];
      return [{ text: whole.trim(), composeKey: rule.composeKey, field: fieldOf(rule, quoted, podSpecPath) }];
    },
  );
}

function fieldOf({ of, field }: SecurityRule, name: string | undefined, podSpecPath: string): string {
  if (of === 'volume') return `${podSpecPath}.volumes${name === undefined ? '' : `[name="${name}"]`}`;
  if (of === 'container' && name !== undefined) return `${podSpecPath}.containers[name="${name}"].${field}`;
  return field === '' ? podSpecPath : `${podSpecPath}.${field}`;
}

/** What to change for all of them, and each with its own place. */
export function explainViolations(
  message: string,
  podSpecPath: string,
): { readonly remedy: string; readonly field: string | undefined; readonly evidence: readonly Evidence[] } {
  const violations = readViolations(message, podSpecPath);
  const keys = [...new Set(violations.map(({ composeKey }) => composeKey))];
  const what = keys.length === 0 ? 'change what the message names' : `change ${keys.join('; ')}`;
  return {
    remedy: `${what}, or relax the namespace’s pod security level`,
    field: violations[0]?.field,
    evidence: violations.map(({ text, field }) => ({ kind: 'field', path: field, value: text, field })),
  };
}
