import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, isPortName } from '@ushadow/kubernetes';
import type { JsonValue } from '@ushadow/kubernetes';
import {
  isCidr,
  isCronSchedule,
  isDataKey,
  isDescendingPath,
  isEnvName,
  isFileInVolume,
  isHost,
  isIp,
  isPort,
} from '../formats.ts';
import { isAtLeast } from '../../schema/kube-version.ts';
import type { FieldRule } from '../type-rule.ts';

const text = (test: (text: string) => boolean) => (value: JsonValue) => typeof value !== 'string' || test(value);
const number = (test: (n: number) => boolean) => (value: JsonValue) => typeof value !== 'number' || test(value);
const zeroOr = (test: (value: JsonValue) => boolean) => (value: JsonValue) => value === 0 || test(value);

/** What single fields may hold. Absent and empty values are not looked at; rules/required.ts is for those. */
export const fieldFormats: readonly FieldRule[] = [
  {
    rule: 'dns-label',
    message: 'must be an RFC 1123 label: at most 63 of a-z, 0-9 and -, a letter or digit at both ends',
    test: text((v) => isDnsLabel(v)),
    fields: [
      'Container.name',
      'Volume.name',

      'ServicePort.name',
      'StatefulSetSpec.serviceName',
      'ObjectMeta.namespace',
    ],
  },
  {
    rule: 'dns-label',
    message: 'must be an RFC 1123 label: at most 63 of a-z, 0-9 and -, a letter or digit at both ends',
    // A StatefulSet gives its pods names of their own.
    test: (v, { object }) => object.kind === 'StatefulSet' || typeof v !== 'string' || isDnsLabel(v),
    fields: ['PodSpec.hostname', 'PodSpec.subdomain'],
  },
  {
    rule: 'dns-subdomain',
    message:
      'must be an RFC 1123 subdomain: at most 253 of a-z, 0-9, - and ., a letter or digit at both ends of every part',
    test: text(isDnsSubdomain),
    fields: [
      'PodSpec.serviceAccountName',
      'PodSpec.nodeName',
      'PodSpec.priorityClassName',
      'PodSpec.runtimeClassName',
      'IngressSpec.ingressClassName',
      'IngressTLS.secretName',
      'HostAlias.hostnames',
      'ConfigMapKeySelector.name',
      'SecretKeySelector.name',
      'ConfigMapEnvSource.name',
      'SecretEnvSource.name',
    ],
  },
  {
    rule: 'dns-subdomain',
    message: 'must be an RFC 1123 subdomain, or empty for a volume without a class',
    test: text((v) => v === '' || isDnsSubdomain(v)),
    fields: ['PersistentVolumeClaimSpec.storageClassName', 'PersistentVolumeSpec.storageClassName'],
  },
  {
    rule: 'service-name',
    message: 'must be a name a Service can have',
    test: (v, { version }) =>
      typeof v !== 'string' || isDnsLabel(v, isAtLeast(version, '1.36') ? 'rfc1123' : 'rfc1035'),
    fields: ['IngressServiceBackend.name'],
  },
  {
    rule: 'host',
    message: 'must be a DNS name, not an address; * only as the whole first part',
    test: text(isHost),
    fields: ['IngressRule.host', 'IngressTLS.hosts'],
  },
  {
    rule: 'ip-address',
    message: 'must be an IP address',
    test: text(isIp),
    fields: ['HostAlias.ip', 'PodDNSConfig.nameservers', 'ServiceSpec.externalIPs', 'ServiceSpec.loadBalancerIP'],
  },
  {
    rule: 'cidr',
    message: 'must be an address range such as 10.0.0.0/8',
    test: text((v) => isCidr(v.trim())),
    fields: ['IPBlock.cidr', 'IPBlock.except', 'ServiceSpec.loadBalancerSourceRanges'],
  },
  {
    rule: 'port-number',
    message: 'must be a port from 1 to 65535',
    test: number(isPort),
    fields: [
      'ContainerPort.containerPort',
      'ServicePort.port',
      'HTTPGetAction.port',
      'TCPSocketAction.port',
      'GRPCAction.port',
      'ServiceBackendPort.number',
      'NetworkPolicyPort.port',
      'NetworkPolicyPort.endPort',
    ],
  },
  {
    rule: 'port-number',
    message: 'must be a port from 1 to 65535',
    test: zeroOr(number(isPort)),
    fields: ['ContainerPort.hostPort', 'ServicePort.targetPort', 'ServiceSpec.healthCheckNodePort'],
  },
  {
    rule: 'node-port',
    message: 'must lie in the range of node ports, 30000 to 32767',
    test: zeroOr(number((v) => v >= 30000 && v <= 32767)),
    fields: ['ServicePort.nodePort'],
  },
  {
    rule: 'port-name',
    message: 'must have at most 15 of a-z, 0-9 and -, at least one letter, and no - at an end or next to another',
    test: text(isPortName),
    fields: [
      'ContainerPort.name',
      'ServicePort.targetPort',
      'HTTPGetAction.port',
      'TCPSocketAction.port',
      'ServiceBackendPort.name',
      'NetworkPolicyPort.port',
    ],
  },
  {
    rule: 'app-protocol',
    message: 'must have the form of a label key, such as http or kubernetes.io/h2c',
    test: text(isLabelKey),
    fields: ['ServicePort.appProtocol'],
  },
  {
    rule: 'env-name',
    message: 'must be printable ASCII without =',
    test: text(isEnvName),
    fields: ['EnvVar.name', 'EnvFromSource.prefix'],
  },
  {
    rule: 'data-key',
    message: 'must be at most 253 of letters, digits, -, _ and ., and not begin with ..',
    test: text(isDataKey),
    fields: ['ConfigMapKeySelector.key', 'SecretKeySelector.key'],
  },
  {
    rule: 'relative-path',
    message: 'must be a relative path without ..',
    test: text(isDescendingPath),
    fields: ['VolumeMount.subPath', 'VolumeMount.subPathExpr'],
  },
  {
    rule: 'relative-path',
    message: 'must be a relative path without .. that does not begin with ..',
    test: text(isFileInVolume),
    fields: ['KeyToPath.path', 'DownwardAPIVolumeFile.path', 'ServiceAccountTokenProjection.path'],
  },
  {
    rule: 'host-path',
    message: 'must not contain ..',
    test: text((v) => !v.split('/').includes('..')),
    fields: ['HostPathVolumeSource.path'],
  },
  {
    rule: 'file-mode',
    message: 'must be a mode from 0 to 0777 (511)',
    test: number((v) => v >= 0 && v <= 0o777),
    fields: [
      'KeyToPath.mode',
      'DownwardAPIVolumeFile.mode',
      'ConfigMapVolumeSource.defaultMode',
      'SecretVolumeSource.defaultMode',
      'ProjectedVolumeSource.defaultMode',
      'DownwardAPIVolumeSource.defaultMode',
    ],
  },
  {
    rule: 'user-id',
    message: 'must be a user or group number from 0 to 2147483647',
    test: number((v) => v >= 0 && v <= 2 ** 31 - 1),
    fields: [
      'SecurityContext.runAsUser',
      'SecurityContext.runAsGroup',
      'PodSecurityContext.runAsUser',
      'PodSecurityContext.runAsGroup',
      'PodSecurityContext.fsGroup',
      'PodSecurityContext.supplementalGroups',
    ],
  },
  {
    rule: 'not-negative',
    message: 'must not be negative',
    test: number((v) => v >= 0),
    fields: [
      'DeploymentSpec.replicas',
      'DeploymentSpec.minReadySeconds',
      'DeploymentSpec.revisionHistoryLimit',
      'DeploymentSpec.progressDeadlineSeconds',
      'StatefulSetSpec.replicas',
      'StatefulSetSpec.minReadySeconds',
      'StatefulSetOrdinals.start',
      'DaemonSetSpec.minReadySeconds',
      'DaemonSetSpec.revisionHistoryLimit',
      'RollingUpdateStatefulSetStrategy.partition',
      'JobSpec.parallelism',
      'JobSpec.completions',
      'JobSpec.activeDeadlineSeconds',
      'JobSpec.backoffLimit',
      'JobSpec.ttlSecondsAfterFinished',
      'CronJobSpec.startingDeadlineSeconds',
      'CronJobSpec.successfulJobsHistoryLimit',
      'CronJobSpec.failedJobsHistoryLimit',
      'Probe.initialDelaySeconds',
      'Probe.timeoutSeconds',
      'Probe.periodSeconds',
      'Probe.successThreshold',
      'Probe.failureThreshold',
    ],
  },
  {
    rule: 'positive',
    message: 'must be greater than 0',
    test: number((v) => v > 0),
    fields: [
      'Probe.terminationGracePeriodSeconds',
      'PodSpec.activeDeadlineSeconds',
      'TopologySpreadConstraint.maxSkew',
      'TopologySpreadConstraint.minDomains',
      'HorizontalPodAutoscalerSpec.maxReplicas',
      'HorizontalPodAutoscalerSpec.minReplicas',
    ],
  },
  {
    rule: 'weight',
    message: 'must lie between 1 and 100',
    test: number((v) => v >= 1 && v <= 100),
    fields: ['WeightedPodAffinityTerm.weight', 'PreferredSchedulingTerm.weight'],
  },
  {
    rule: 'label-key',
    message: 'must have the form of a label key',
    test: text(isLabelKey),
    fields: [
      'PodAffinityTerm.topologyKey',
      'NodeSelectorRequirement.key',
      'LabelSelectorRequirement.key',
      'Toleration.key',
      'PodReadinessGate.conditionType',
    ],
  },
  {
    rule: 'label-value',
    message: 'must be empty or at most 63 of letters, digits, -, _ and ., a letter or digit at both ends',
    test: text(isLabelValue),
    fields: ['LabelSelectorRequirement.values'],
  },
  {
    rule: 'cron-schedule',
    message: 'must be five cron fields or a name such as @daily; the time zone goes into timeZone',
    test: text(isCronSchedule),
    fields: ['CronJobSpec.schedule'],
  },
];
