import type { ComposeService } from '@ushadow/compose';
import type { Security } from '../model/security.ts';

export function lowerSecurity(service: ComposeService, path: string): Security {
  return {
    user: service.user === '' ? undefined : service.user,
    groups: service.group_add ?? [],
    privileged: service.privileged === true,
    readOnlyRoot: service.read_only === true,
    addCapabilities: capabilities(service.cap_add),
    dropCapabilities: capabilities(service.cap_drop),
    options: service.security_opt ?? [],
    sysctls: service.sysctls ?? {},
    pid: service.pid,
    ipc: service.ipc,
    userNamespace: service.userns_mode,
    runtime: service.runtime,
    devices: (service.devices ?? []).map((device, index) => ({
      source: device.source ?? '',
      target: device.target ?? device.source ?? '',
      path: `${path}/devices/${index}`,
    })),
  };
}

function capabilities(names: readonly string[] | undefined): readonly string[] {
  const plain = (names ?? []).map((name) => name.toUpperCase().replace(/^CAP_/, ''));
  return [...new Set(plain)].sort();
}
