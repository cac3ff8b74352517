import type { JsonObject } from '@ushadow/kubernetes';
import { eachRepeated, isSet, listAt, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { Report, TypeRule } from '../type-rule.ts';

const sysctlName = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

function checkProfile(profile: JsonObject, report: Report, field: string): void {
  const local = profile.type === 'Localhost';
  if (local && textAt(profile.localhostProfile) === undefined)
    report('is required when type is Localhost', field, 'localhostProfile');
  if (!local && isSet(profile.localhostProfile)) report('is only for type Localhost', field, 'localhostProfile');
}

export const securityRules: readonly TypeRule[] = [
  {
    rule: 'privilege',
    on: ['SecurityContext'],
    check({ allowPrivilegeEscalation, privileged, capabilities }, report) {
      if (allowPrivilegeEscalation !== false) return;
      if (privileged === true) report('cannot be false in a privileged container', 'allowPrivilegeEscalation');
      if (listAt(objectAt(capabilities).add).includes('CAP_SYS_ADMIN'))
        report('cannot be false with the capability CAP_SYS_ADMIN', 'allowPrivilegeEscalation');
    },
  },
  {
    rule: 'security-profile',
    on: ['SecurityContext', 'PodSecurityContext'],
    check(value, report) {
      for (const field of ['seccompProfile', 'appArmorProfile'] as const)
        if (isSet(value[field])) checkProfile(objectAt(value[field]), report, field);
    },
  },
  {
    rule: 'proc-mount',
    on: ['PodSpec'],
    check({ containers, initContainers, hostUsers }, report) {
      for (const [group, list] of [
        ['containers', containers],
        ['initContainers', initContainers],
      ] as const)
        for (const [i, container] of objectsIn(list))
          if (objectAt(container.securityContext).procMount === 'Unmasked' && hostUsers !== false)
            report('Unmasked needs hostUsers: false', group, i, 'securityContext', 'procMount');
    },
  },
  {
    rule: 'sysctl',
    on: ['PodSpec'],
    check(spec, report) {
      const sysctls = objectsIn(objectAt(spec.securityContext).sysctls);
      const path = (i: number): (string | number)[] => ['securityContext', 'sysctls', i, 'name'];
      for (const [i, { name }] of sysctls) {
        const text = textAt(name);
        if (text === undefined) report('is required', ...path(i));
        else if (text.length > 253 || !sysctlName.test(text))
          report('must be a kernel parameter such as net.core.somaxconn', ...path(i));
        else if (spec.hostNetwork === true && /^net[./]/.test(text))
          report('cannot be set on the network of the node', ...path(i));
        else if (spec.hostIPC === true && /^(fs[./]mqueue|kernel[./](shm|msg|sem))/.test(text))
          report('cannot be set on the IPC of the node', ...path(i));
      }
      eachRepeated(
        sysctls,
        ([, { name }]) => textAt(name),
        ([i], name) => report(`${name} is set twice`, ...path(i)),
      );
    },
  },
];
