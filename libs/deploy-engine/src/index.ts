export { deploy } from './deploy.ts';
export { isUnreachable } from './api-failure.ts';
export { remove } from './remove.ts';
export { compareContents } from './plan/compare-contents.ts';
export type { ObjectDifference } from './plan/compare-contents.ts';
export { Redactor as SecretValues } from './redact.ts';
export { planDeployment } from './plan-deployment.ts';
export { standalone } from './run/apply-graph.ts';
export { checkpointOf } from './checkpoint.ts';
export type { Checkpoint } from './checkpoint.ts';
export type { ClusterPort } from './cluster.port.ts';
export type { DependencyCondition, DesiredState, FieldSource, ObjectDependency } from './desired-state.ts';
export type { DeployEnvironment, DeployOptions } from './deploy-options.ts';
export type { DeployEvent, DeployEventBody, ObjectState, Stage } from './deploy-event.ts';
export type { DeployRun } from './event-stream.ts';
export type {
  DeployResult,
  InventoryEntry,
  ObjectChange,
  ObjectEnd,
  ObjectOutcome,
  RefusedDeletion,
  Verdict,
} from './deploy-result.ts';
export type { Cause, Evidence, Failure, SourcePlace } from '@ushadow/diagnose';
export { FAILURE_CODES } from '@ushadow/diagnose';
export type { FailureCode } from '@ushadow/diagnose';
export { missingPermissions, roleYaml } from './preflight/permissions.ts';
export type { Permission } from './preflight/permissions.ts';
export { readinessOf } from './readiness/readiness-of.ts';
export type { Readiness } from './readiness/readiness.ts';
export { Fenced } from './apply/write-stamp.ts';
export type { WriteStamp } from './apply/write-stamp.ts';
export { isClaimOf } from './ownership/template-claims.ts';
export type { FieldChange, FieldConflict, Plan, PlanEntry, PlannedAction } from './plan/plan.ts';
export { findDrift } from './drift/find-drift.ts';
export type { Drift, DriftedField, DriftedObject } from './drift/find-drift.ts';
export { fieldAt, withField } from './drift/field-steps.ts';
export type { FieldSteps } from './drift/field-steps.ts';
export { format as formatSteps } from './apply/compare.ts';
