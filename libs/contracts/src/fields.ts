import { z } from 'zod';

/** Fields that several operations share. Limits are Kubernetes' own (RFC 1123 labels, label syntax). */
export const clusterId = z.string().regex(/^[0-9a-f]{16}$/, 'a cluster id has 16 lower-case hex digits');
export const deploymentId = z.uuid();
export const planId = z.uuid();
export const namespace = z
  .string()
  .max(63, 'a namespace has at most 63 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'a namespace has lower-case letters, digits and "-", and starts and ends with a letter or digit',
  );
export const serviceId = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[ -~\u00a0-\uffff]+$/, 'a service id has no control characters')
  .describe('`{file stem}:{service}`, for example `openmemory-compose:mem0-ui`');
export const labels = z.record(z.string().max(317), z.string().max(63));
/** Pod Security Standards, from the one that forbids nothing. */
export const podSecurityLevel = z.enum(['privileged', 'baseline', 'restricted']);
export const timestamp = z.iso.datetime();
/** A value whose owner alone may see it: masked in logs, never in an answer. */
export const secret = (schema: z.ZodString): z.ZodString => schema.meta({ secret: true, writeOnly: true });
/** Name of most Kubernetes objects (RFC 1123 subdomain). */
export const kubernetesName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a name has lower-case letters, digits, "-" and "."');
/** Several names, or one text with commas between them, as a query has it. */
export const kubernetesNames = z
  .union([z.array(kubernetesName), z.string().max(10_000)])
  .transform((names) => (typeof names === 'string' ? names.split(',').map((name) => name.trim()) : names))
  .pipe(z.array(kubernetesName).max(100));

/** As far as numbers of revisions and of events go, which are counted in 32 bits. */
export const COUNTER_MAX = 2_147_483_647;
/** Number of a revision; also from a query. */
export const revisionNumber = z.coerce.number().int().min(1).max(COUNTER_MAX);

/** What a diff calls the state that a stack was last brought to, and what runs. No tag has these names. */
const reservedRefs: ReadonlySet<string> = new Set(['current', 'live']);
const TAG = '[A-Za-z][A-Za-z0-9._-]{0,62}';
/** A name that somebody gives a revision; no number is one. */
export const revisionTag = z
  .string()
  .regex(new RegExp(`^${TAG}$`), 'a tag begins with a letter and has at most 63 letters, digits, "-", "_" and "."')
  .refine((name) => !reservedRefs.has(name), '`current` and `live` have a meaning of their own');
/** A revision by its number or by a tag. */
export const revisionRef = z
  .string()
  .regex(new RegExp(`^([1-9][0-9]{0,9}|${TAG})$`), 'a revision is named by its number or by a tag')
  .refine((ref) => !/^[0-9]/.test(ref) || Number(ref) <= COUNTER_MAX, 'there is no revision of this number');

export const stackId = z.uuid();
/** Name of a project: the file's stem, the folder's name, the upload's, or what `-p` says. */
export const projectName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a project name has letters, digits, "-", "_" and "."');
/** Key of a service in its Compose file. */
export const composeService = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._-]+$/, 'a service name has letters, digits, "-", "_" and "."');
/** What belongs to a stack is no infrastructure for others, unless they choose it. */
export const infraOf = z
  .array(projectName)
  .max(100)
  .optional()
  .describe('Projects whose databases, caches and queues count when a scan has found them; remembered');
