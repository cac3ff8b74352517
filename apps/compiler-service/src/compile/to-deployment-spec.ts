import type { DeploymentSpec } from '@ushadow/compiler';
import type { DeploymentSpecData } from '@ushadow/contracts';

/** The specification of a request in the compiler's words; what is absent stays absent. */
export function toDeploymentSpec(data: DeploymentSpecData | undefined, nodeName: string | undefined): DeploymentSpec {
  const { ingress } = data ?? {};
  return {
    ...present('replicas', data?.replicas),
    ...present('resources', data?.resources as DeploymentSpec['resources']),
    ...present('serviceType', data?.service_type),
    ...present('healthCheckPath', data?.health_check_path),
    ...present('publicAt', data?.public_at),
    ...present('withoutFilters', data?.without_filters),
    ...present('annotations', data?.annotations),
    ...present('labels', data?.labels),
    ...present('nodeSelector', data?.node_selector),
    ...present('nodeName', nodeName),
    ...(ingress === undefined
      ? {}
      : {
          ingress: {
            enabled: ingress.enabled,
            ...present('host', ingress.host),
            ...present('path', ingress.path),
            ...present('tls', ingress.tls),
            ...present('className', ingress.class_name),
          },
        }),
  };
}

function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
