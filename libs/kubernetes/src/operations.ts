import type { CancelSignal } from './cancel-signal.ts';
import type { KubernetesApiError } from './errors/kubernetes-api-error.ts';
import type { KubeObject } from './object.ts';

export interface RetryNotice {
  readonly operation: string;
  readonly attempt: number;
  readonly waitMs: number;
  readonly reason: string;
  readonly httpStatus: number;
}

export interface CallOptions {
  readonly signal?: CancelSignal;
  /** Limit for the call with all its retries. */
  readonly deadlineMs?: number;
  readonly onRetry?: (notice: RetryNotice) => void;
}

export interface ApplyOptions extends CallOptions {
  readonly fieldManager: string;
  /** Takes fields over from other managers. */
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export interface WriteOutcome {
  readonly object: KubeObject;
  /** Texts of the answer's `Warning` headers. */
  readonly warnings: readonly string[];
}

/** A kind in one namespace, or in all when none is named. */
export interface ListTarget {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface ListOptions extends CallOptions {
  /** Objects fetched per request; default 500. */
  readonly pageSize?: number;
  /** More objects than this are refused as `ResponseTooLarge`; no limit unless given. */
  readonly itemsMax?: number;
  /** Called after each page. */
  readonly onPage?: (progress: ListProgress) => void;
}

export interface ListProgress {
  /** Objects listed so far. */
  readonly listed: number;
  /** How many come still, where the server says; 0 after the last page. */
  readonly remaining: number | undefined;
}

export interface ListResult<T = KubeObject> {
  readonly items: readonly T[];
  /** Where a watch can go on from. */
  readonly resourceVersion: string;
}

export type WatchEvent =
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly object: KubeObject }
  /** Everything that existed has been reported; sent again after each relist. */
  | { readonly type: 'synced' }
  /** Sight is lost for now; the watch goes on by itself. */
  | { readonly type: 'interrupted'; readonly error: KubernetesApiError }
  | { readonly type: 'resumed' };

export interface WatchOptions extends Pick<CallOptions, 'signal'> {
  /** What is kept of each object and told of it; all of it unless given. */
  readonly project?: (object: KubeObject) => KubeObject;
}

/**
 * Ends only when closed, or by throwing where going on is pointless: no permission, bad credential, unknown kind.
 */
export interface ClusterWatch extends AsyncIterable<WatchEvent> {
  close(): void;
}

export interface LogOptions extends CallOptions {
  readonly container?: string;
  readonly tailLines?: number;
  /** The container's run before the current one. */
  readonly previous?: boolean;
  readonly limitBytes?: number;
}

/** Lines of one container as they are written, each with its time before it. */
export interface FollowLogOptions extends Pick<CallOptions, 'signal'> {
  readonly container: string;
  /** Goes on until the container ends; else what there is. */
  readonly follow?: boolean;
  /** The container's run before the current one. */
  readonly previous?: boolean;
  readonly tailLines?: number;
  /** RFC 3339, of which servers look at the seconds. */
  readonly sinceTime?: string;
}

export interface DeleteOptions extends CallOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  readonly dryRun?: boolean;
}

export interface CreateOptions extends CallOptions {
  readonly fieldManager: string;
  readonly dryRun?: boolean;
}

/** One action on one kind of resource, as RBAC sees it. */
export interface AccessAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  readonly reason?: string;
}

export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

export interface AccessRules {
  readonly rules: readonly AccessRule[];
  /** True when the server could not list everything that is allowed. */
  readonly incomplete: boolean;
}

export interface ServerVersion {
  /** e.g. `v1.37.2`. */
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
  readonly platform: string;
}

export interface PodId {
  readonly namespace: string;
  readonly name: string;
}

export interface StreamOptions {
  /** Ends the stream, however far it is. */
  readonly signal?: CancelSignal;
}

export interface ExecOptions extends StreamOptions {
  readonly container: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** The command gets input. */
  readonly stdin?: boolean;
  /** The command gets a terminal, whose errors and output are one. */
  readonly tty?: boolean;
}

export interface ExecOutput {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** A command that runs in a container. */
export interface ExecSession {
  /** What it writes, no faster than it is read. To be read once; throws as `exitCode` does. */
  readonly output: AsyncIterable<ExecOutput>;
  /** Known once the output has been read; rejects with a KubernetesApiError where there was no process to its end. */
  readonly exitCode: Promise<number>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  endInput(): Promise<void>;
  resize(size: { readonly width: number; readonly height: number }): Promise<void>;
  /** Ends the stream. The process lives on where it heeds neither the end of its input nor that of its terminal. */
  close(): void;
}

/** A connection to a port of a pod. It ends as a whole: the protocol cannot say that one side has no more to send. */
export interface PodPort {
  /** No faster than it is read. To be read once; throws a KubernetesApiError. */
  readonly received: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}
