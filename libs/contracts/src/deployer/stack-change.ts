import { z } from 'zod';
import { composeService } from '../fields.ts';

const services = z.array(composeService).min(1).max(500);
const objectName = z
  .string()
  .max(400)
  .regex(/^[A-Za-z]+(\/[a-z0-9.-]+){1,2}$/, 'an object is named Kind/name or Kind/namespace/name');
const fieldPath = z.string().min(1).max(1_000);
/** Something of an object, or all of it. */
const chosen = z.strictObject({
  object: objectName,
  fields: z.array(fieldPath).min(1).max(200).optional().describe('Only these; all that have drifted unless given'),
});
/** `registry/path:tag@digest`, as a container runtime takes it. */
const imageReference = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$/, 'an image has letters, digits and "._:/@-"');

/** What is to become of a stack, seen from its last good content: its files are not asked. */
export const stackChange = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('repair'), drifted: z.array(chosen).min(1).max(500).optional() })
      .describe('Brings back what others have changed or deleted: all of it unless objects or fields are named'),
    z
      .strictObject({ kind: z.literal('adopt'), drifted: z.array(chosen).min(1).max(500).optional() })
      .describe('Makes what others have changed part of the content, until its file changes it or it is dropped'),
    z
      .strictObject({ kind: z.literal('update-image'), images: z.record(composeService, imageReference) })
      .describe('Another image for services; it holds until the file says another'),
    z
      .strictObject({ kind: z.literal('probe'), services, probe: z.enum(['off', 'on']) })
      .describe('Switches the probes of services off, or on again; it holds until the file changes them (R122)'),
    z
      .strictObject({ kind: z.literal('pull-secret'), services: services.optional() })
      .describe('Gives services the credentials that the cluster keeps for the registries of their images (R119)'),
    z
      .strictObject({
        kind: z.literal('drop'),
        overrides: z.array(z.string().min(1).max(1_500)).min(1).max(500),
      })
      .describe('Gives up overrides, by their names: what the file said holds again'),
    z.strictObject({ kind: z.literal('stop'), services: services.optional() }).describe('Leaves no pods'),
    z.strictObject({ kind: z.literal('start'), services: services.optional() }).describe('Starts what was stopped'),
    z.strictObject({ kind: z.literal('restart'), services: services.optional() }).describe('Replaces all pods'),
  ])
  .meta({ id: 'StackChange' });

export type StackChangeData = z.infer<typeof stackChange>;
