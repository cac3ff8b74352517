import type {
  AccessAnswer,
  AccessAttributes,
  AccessRules,
  ApplyOptions,
  CallOptions,
  ClusterWatch,
  CreateOptions,
  DeleteOptions,
  KubeObject,
  ListOptions,
  ListResult,
  ListTarget,
  LogOptions,
  ObjectId,
  WriteOutcome,
} from '@ushadow/kubernetes';

/** What the engine needs of a cluster. Failures are KubernetesApiErrors; the transport satisfies this port. */
export interface ClusterPort {
  /** Undefined when the object does not exist. */
  get(id: ObjectId, options?: CallOptions): Promise<KubeObject | undefined>;
  list(target: ListTarget, options?: ListOptions): Promise<ListResult>;
  /** Ends when it is closed or the signal is aborted. */
  watch(target: ListTarget, options?: Pick<CallOptions, 'signal'>): ClusterWatch;
  /** Server-side apply with strict field validation. */
  apply(object: KubeObject, options: ApplyOptions): Promise<WriteOutcome>;
  create(object: KubeObject, options: CreateOptions): Promise<WriteOutcome>;
  /** False when there was nothing to delete. */
  delete(id: ObjectId, options?: DeleteOptions): Promise<boolean>;
  logs(pod: { namespace: string; name: string }, options?: LogOptions): Promise<string>;
  selfSubjectAccessReview(attributes: AccessAttributes, options?: CallOptions): Promise<AccessAnswer>;
  selfSubjectRulesReview(namespace: string, options?: CallOptions): Promise<AccessRules>;
}
