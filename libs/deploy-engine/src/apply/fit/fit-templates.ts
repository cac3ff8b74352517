import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, listAt, textAt } from '@ushadow/kubernetes';
import { whatStays } from './fit-claim.ts';
import type { Fit } from './fit.ts';
import { specOf, withSpec } from './fit.ts';

const TEMPLATES = ['spec', 'volumeClaimTemplates'];

/** Claims of a set are made after templates that cannot be changed: they keep what claims that are there keep. */
export function fitTemplates(desired: KubeObject, live: KubeObject): Fit {
  const known = new Map(listAt(live, TEMPLATES).map((each) => [textAt(each, ['metadata', 'name']), asClaim(each)]));
  const notes: string[] = [];
  const wanted = listAt(desired, TEMPLATES).map(asClaim);
  const templates = wanted.map((template) => {
    const there = known.get(template.metadata.name);
    if (there === undefined) return template;
    const stays = whatStays(template, there, { isOurs: () => true, mayGrow: true });
    notes.push(...stays.notes);
    return { ...withSpec(template, Object.fromEntries(stays.stays)), metadata: there.metadata };
  });
  const isSame = canonicalJson(asJson(templates)) === canonicalJson(asJson(wanted));
  if (isSame) return { body: desired, notes: [] };
  return { body: withSpec(desired, { ...specOf(desired), volumeClaimTemplates: asJson(templates) }), notes };
}

const asClaim = (template: unknown): KubeObject => template as KubeObject;

const asJson = (templates: readonly KubeObject[]): JsonValue => templates as unknown as JsonValue;
