export { roles, scopes, type Access, type Role, type Scope } from './access.ts';
export { errorKinds, type ErrorKind } from './error-kinds.ts';
export { errorEnvelope, type ErrorEnvelope } from './error-envelope.ts';
export { COUNTER_MAX } from './fields.ts';
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
export {
  followDeployment,
  type FollowListener,
  type FollowPorts,
  type StreamConnection,
} from './http/follow-deployment.ts';
export { followPorts } from './http/follow-ports.ts';
export type { Platform } from './http/follow-ports.ts';
export { createClient, type Client, type ClientOptions, type Fetch } from './http/client.ts';
export { openApiDocument } from './http/openapi.ts';
export { asyncApiDocument } from './messages-reference.ts';

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
export type { AddressData, OverrideData, StackData, StackServiceData, StackSummaryData } from './deployer/stack.ts';
export type { LogLineData, LogNoticeData, LogSourceData } from './operations/log-streams.ts';
export { auditActions, type AuditAction } from './audit/actions.ts';
export { auditEntry, auditedServices, type AuditEntryData } from './audit/audit-entry.ts';
export { auditAnchor, auditEvents, type AuditAnchorData } from './audit/audit-events.ts';
export type { TrailReportData } from './audit/own-trail.ts';
export type { StackPlaceData } from './deployer/locate-stack.ts';
export type { DeployOptionsData } from './deployer/deploy-options.ts';
export { podsBeyond, wholePlan } from './deployer/plan.ts';
export type { PlanData } from './deployer/plan.ts';
export type { RevisionData } from './deployer/revision.ts';
