export { roles, scopes, type Access, type Role, type Scope } from './access.ts';
export { errorKinds, type ErrorKind } from './error-kinds.ts';
export { errorEnvelope, type ErrorEnvelope } from './error-envelope.ts';
export { COUNTER_MAX } from './fields.ts';
export { clusterOf, clusterTarget, targetKey, type Target } from './target.ts';
export { DomainError, type ErrorDefinition } from './domain-error.ts';
export { commonErrors, type CommonErrorCode } from './common-errors.ts';
export { failure } from './failure.ts';
export { headers } from './headers.ts';
export { KNOWN_PROJECTS_MAX } from './deployer/known-projects.ts';
export { streams } from './streams.ts';
export type { ConsumerLimits, Stream, StreamConsumer, StreamLimits } from './streams.ts';
export {
  eventSubject,
  handledSubject,
  inboxPrefix,
  isAnswerSealed,
  isRequestSealed,
  requestSubject,
} from './bus/subjects.ts';
export { natsPermissions, natsUsers, WHO_AM_I, type NatsPermissions, type NatsUser } from './bus/nats-permissions.ts';
export { MAX_PAYLOAD_BYTES, natsReference, natsUserConfigs, type NatsUserConfig } from './bus/nats-users.ts';
export {
  defineOperation,
  type BusUser,
  type CostClass,
  type ErrorCodeOf,
  type HttpBinding,
  type HttpMethod,
  type InputOf,
  type Operation,
  type OutputOf,
  type RequestOf,
  type ServiceName,
} from './define-operation.ts';
export {
  defineByteStream,
  type ByteStreamDefinition,
  type ByteStreamKind,
  type ByteStreamOptions,
} from './define-byte-stream.ts';
export {
  byteChannels,
  FORWARD_ERROR_HEADER,
  forwardedTo,
  streamEnd,
  terminalSize,
  type ForwardedTo,
  type StreamEnd,
} from './operations/socket-frames.ts';
export { defineEvent, type DataOf, type EventDefinition } from './define-event.ts';
export {
  allByteStreams,
  byteStreams,
  events,
  httpOperations,
  internalOperations,
  openingOperations,
  operations,
  publicOperations,
} from './registry.ts';
export { eventStreams, type EventStream } from './http/event-streams.ts';
export {
  buildRequest,
  carriesQuery,
  pathParameters,
  type HttpOperation,
  type HttpRequestParts,
} from './http/build-request.ts';
export { SseParser, type ServerSentEvent } from './http/sse-parser.ts';
export { followDeployment, type FollowListener } from './http/follow-deployment.ts';
export { followEvents, type EventFollower, type FollowPorts, type StreamConnection } from './http/follow-events.ts';
export { followLogs, logsPath, type LogListener } from './http/follow-logs.ts';
export { followPorts } from './http/follow-ports.ts';
export { KeptTree, wantsAttention } from './http/kept-tree.ts';
export type { Platform } from './http/follow-ports.ts';
export { createClient, type Client, type ClientOptions, type Fetch } from './http/client.ts';
export { openApiDocument } from './http/openapi.ts';
export { asyncApiDocument } from './messages-reference.ts';
export { rolesReference } from './roles-reference.ts';

export type {
  LastExitData,
  NodeHealthData,
  RouteConditionData,
  TreeNodeData,
  TreeNodeOf,
  UnseenKindData,
} from './operations/tree.ts';
export type { StackTreeData } from './operations/stack-tree.ts';
export type { StackEventData } from './operations/list-stack-events.ts';
export type { PodMetricsData, StackMetricsData } from './operations/get-stack-metrics.ts';
export type { LiveObjectData } from './operations/live-objects.ts';
export type { DiagnosticData } from './diagnostic.ts';
export type { ClusterData } from './cluster/cluster.ts';
export { DEFAULT_POLICIES, isAllowedIn } from './cluster/policies.ts';
export type { ClusterPolicies, PolicyName } from './cluster/policies.ts';
export type { ClusterRoutingData } from './cluster/routing.ts';
export { sandbox, type SandboxData } from './cluster/get-sandbox.ts';
export { uploadLimits } from './compiler/upload.ts';
export type { ServiceEnvironmentData, UsedVariableData } from './compiler/environment.ts';
export { projectContent, type CompiledServiceData, type ProjectContentData } from './compiler/compile-project.ts';
export type { ProjectData, ProjectServiceData } from './compiler/project.ts';
export type { TemplateData } from './compiler/template.ts';
export type { TemplateDetailData } from './compiler/get-template.ts';
export type { ProjectVariableData } from './compiler/project-variables.ts';
export type { DeploymentSpecData } from './compiler/deployment-spec.ts';
export type { RouteTargetData } from './compiler/route-target.ts';
export type { InfraScanData } from './scanner/scan.ts';
export {
  progressEvent,
  type DeploymentData,
  type ProgressEventData,
  type ServiceVerdictData,
  type VerdictData,
} from './deployer/deployment.ts';
export type { DriftData, DriftedObjectData, DriftSummaryData } from './deployer/drift.ts';
export type { StackChangeData } from './deployer/stack-change.ts';
export type { FoundImageData, ImageRule } from './deployer/check-images.ts';
export type { AddressData, OverrideData, StackData, StackServiceData, StackSummaryData } from './deployer/stack.ts';
export type { LogLineData, LogNoticeData, LogSourceData } from './operations/log-streams.ts';
export { auditActions, type AuditAction } from './audit/actions.ts';
export { auditEntry, auditedServices, type AuditEntryData } from './audit/audit-entry.ts';
export { auditAnchor, auditEvents, type AuditAnchorData } from './audit/audit-events.ts';
export type { TrailReportData } from './audit/own-trail.ts';
export type { StackPlaceData } from './deployer/locate-stack.ts';
export {
  notificationKinds,
  type NotificationData,
  type NotificationKind,
  type NotificationRuleData,
} from './notifier/notification.ts';
export type { ChannelData } from './notifier/channel.ts';
export { GRANTS_MAX, type ApiTokenData, type GrantData, type SubjectData } from './access/fields.ts';
export type { HookData } from './notifier/hook.ts';
export type { DeliveryAttemptData, DeliveryData } from './notifier/delivery.ts';
export type { DeployOptionsData } from './deployer/deploy-options.ts';
export type { AnsweredFileData } from './http/answered-file.ts';
export { revisionRef, revisionTag } from './fields.ts';
export type { RevisionDiffData } from './deployer/diff-revisions.ts';
export { podsBeyond, wholePlan } from './deployer/plan.ts';
export type { PlanData } from './deployer/plan.ts';
export type { RevisionData } from './deployer/revision.ts';
