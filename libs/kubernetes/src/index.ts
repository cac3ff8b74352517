export { isJsonObject, own, listAt, numberAt, textAt, valueAt } from './json.ts';
export type { JsonObject, JsonPrimitive, JsonValue } from './json.ts';
export type { KubeObject, ObjectMeta, OwnerReference } from './object.ts';
export { OWNER_ANNOTATION, owned, ownerText, readOwner } from './owner.ts';
export type { Owner } from './owner.ts';
export { formatApiVersion, formatObjectId, objectId, objectKey, parseApiVersion } from './object-id.ts';
export type { ObjectId } from './object-id.ts';
export { conditionOf } from './condition.ts';
export type { Condition } from './condition.ts';
export { currentCondition, isGatewayRoute, routeParents } from './route-status.ts';
export type { RouteParent } from './route-status.ts';
export { builtInMapping, knownMapping } from './resource-table.ts';
export type { ResourceMapping } from './resource-table.ts';
export { collectionPath, groupVersionPath, objectPath } from './rest-path.ts';
export { applyRank, inApplyOrder } from './apply-order.ts';
export { hmacSha256Hex, sha256Hex } from './hash/sha256.ts';

export { dnsLabel, isDnsLabel } from './names/dns-label.ts';
export type { DnsLabelRule } from './names/dns-label.ts';
export { shortened } from './names/shortened.ts';
export { podReferences } from './references/pod-references.ts';
export type { PodReference } from './references/pod-references.ts';
export { defines, depthsOf, requiredObjects } from './references/object-graph.ts';
export type { RequiredObject } from './references/object-graph.ts';
export { podSpecOf, podSpecPath, podTemplateOf } from './references/pod-template.ts';
export { judgePod, levelOf } from './pod-security/judge-pod.ts';
export { isSafeSysctl } from './pod-security/safe-sysctls.ts';
export { POD_SECURITY_LEVELS, allowsLevel } from './pod-security/violation.ts';
export type { PodSecurityLevel, PodSecurityViolation } from './pod-security/violation.ts';
export { isDnsSubdomain, isLabelKey, isLabelValue, isPortName } from './names/validators.ts';
export { compareQuantities, formatQuantity, parseQuantity } from './quantity.ts';
export type { MilliUnits } from './quantity.ts';
export { canonicalJson, prettyJson } from './print/canonical-json.ts';
export { canonicalYaml, canonicalYamlStream } from './print/canonical-yaml.ts';
export { fileNames, printJson, printYaml } from './print/print-objects.ts';
export type { ClusterAuth, ClusterConnection } from './connection.ts';
export { KubernetesApiError } from './errors/kubernetes-api-error.ts';
export type { ApiErrorCause, KubernetesApiErrorInit, TransportReason } from './errors/kubernetes-api-error.ts';
export { errorFromStatus } from './errors/error-from-status.ts';
export { classifyError } from './errors/error-class.ts';
export type { ErrorClass } from './errors/error-class.ts';
export { refusalOf } from './errors/refusal.ts';
export type { Refusal } from './errors/refusal.ts';
export type { CancelSignal } from './cancel-signal.ts';
export type { Clock, Timer } from './clock.ts';
export type {
  AccessAnswer,
  AccessAttributes,
  AccessRule,
  AccessRules,
  ApplyOptions,
  CallOptions,
  ClusterWatch,
  CreateOptions,
  DeleteOptions,
  ExecOptions,
  ExecOutput,
  ExecSession,
  ListOptions,
  ListProgress,
  ListResult,
  ListTarget,
  LogOptions,
  PodId,
  PodPort,
  RetryNotice,
  ServerVersion,
  StreamOptions,
  WatchEvent,
  WatchOptions,
  WriteOutcome,
} from './operations.ts';
export { groupBy } from './group-by.ts';
export { decodeBase64, decodeBase64Text, encodeBase64, utf8Length } from './base64.ts';
export { dockerConfigJson, normalRegistry, registryServes } from './images/registry.ts';
export { parseKubeconfig } from './kubeconfig/parse-kubeconfig.ts';
export type { CredentialField, KubeconfigContext, KubeconfigResult } from './kubeconfig/parse-kubeconfig.ts';
export type { KubeconfigProblem, KubeconfigProblemCode } from './kubeconfig/problem.ts';
export { addressesIn, passwordsIn, urlOf, urlsIn } from './text/addresses.ts';
export type { Address, Url } from './text/addresses.ts';
export { formatAge } from './summary/age.ts';
export { summariseEvents } from './summary/event-summary.ts';
export type { EventSummary } from './summary/event-summary.ts';
export { summariseNode } from './summary/node-summary.ts';
export type { NodeSummary, NodeTaint } from './summary/node-summary.ts';
export { summarisePod } from './summary/pod-summary.ts';
export type { PodSummary } from './summary/pod-summary.ts';
