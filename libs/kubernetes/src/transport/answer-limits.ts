import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';

const MIB = 1024 * 1024;

/** What is taken from an API server, which may be anybody's. Beyond a limit an answer is refused whole, never cut in silence. */
export const ANSWER_LIMITS = {
  /** An object of etcd's greatest size, spelled as JSON; a watch's line is one too. */
  objectMaxBytes: 8 * MIB,
  /** A refusal is a few lines. */
  errorMaxBytes: MIB,
  /** The deepest of Kubernetes' own objects, schemas of custom resources, have some sixty levels. */
  depthMax: 200,
  /** Pages, objects, bytes and time of one list, over all its pages. */
  listPagesMax: 4_000,
  listItemsMax: 1_000_000,
  listMaxBytes: 4_096 * MIB,
  listMaxMs: 600_000,
  /** Of a list whose objects are kept as they are. */
  heldMaxBytes: 256 * MIB,
  /** Objects that one watch follows. */
  watchObjectsMax: 100_000,
  logMaxBytes: 16 * MIB,
  /** API groups that are asked what they serve. */
  groupsMax: 1_000,
} as const;

/** @param what what the answer holds that is more than is taken, for people */
export function tooLarge(what: string): KubernetesApiError {
  const message = `the API server’s answer is too large: ${what}`;
  return new KubernetesApiError({ httpStatus: 0, reason: 'ResponseTooLarge', message });
}

export function tooDeep(): KubernetesApiError {
  return tooLarge(`more than ${ANSWER_LIMITS.depthMax} levels`);
}
