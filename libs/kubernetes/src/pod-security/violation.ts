/** Pod Security Standards, from the one that forbids nothing. */
export const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

/** One field of a pod that a level forbids. */
export interface PodSecurityViolation {
  /** The lowest level that forbids it. */
  readonly level: Exclude<PodSecurityLevel, 'privileged'>;
  readonly control: string;
  /** JSON pointer into the pod, or its template. What is missing is pointed at where it would be. */
  readonly pointer: string;
  /** In a few words, without values that could be secret. */
  readonly what: string;
}

/** The first level allows all that the second allows. */
export function allowsLevel(allowed: PodSecurityLevel, needed: PodSecurityLevel): boolean {
  return POD_SECURITY_LEVELS.indexOf(allowed) <= POD_SECURITY_LEVELS.indexOf(needed);
}
