import { isLabelKey, isLabelValue } from '@ushadow/kubernetes';
import type { DesignedService } from '../model/design.ts';
import { labelText } from '../names/unique-names.ts';
import type { EmitContext } from './emit-context.ts';
import type { DraftRecord } from './sourced.ts';

export const MANAGED_BY = 'ushadow';
export const ANNOTATION_PREFIX = 'ushadow.io/';

/** Marks pods that a name shared by several services leads to. */
export const aliasLabel = (alias: string): string => `alias.${ANNOTATION_PREFIX}${alias}`;

/** Marks pods that are on a network. */
export const networkLabel = (network: string): string => `network.${ANNOTATION_PREFIX}${network}`;

/** What selects the pods of a service: never to be changed by user labels. */
export function selectorLabels(designed: DesignedService): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': designed.name, 'app.kubernetes.io/instance': designed.instance };
}

/** Labels of every object of a service; the user's come first, so that ours win. */
export function serviceLabels(designed: DesignedService, context: EmitContext): Readonly<Record<string, string>> {
  return {
    ...userLabels(designed.settings.labels ?? {}),
    'app.kubernetes.io/part-of': labelText(context.design.app.name),
    'app.kubernetes.io/managed-by': MANAGED_BY,
    ...selectorLabels(designed),
  };
}

/** Labels of what several services use. */
export function projectLabels(context: EmitContext): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/part-of': labelText(context.design.app.name),
    'app.kubernetes.io/managed-by': MANAGED_BY,
  };
}

export function userLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const valid = Object.entries(labels).filter(([key, value]) => isLabelKey(key) && isLabelValue(value));
  return Object.fromEntries(valid);
}

/** Annotations whose keys Kubernetes accepts. */
export function userAnnotations<T>(annotations: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => isLabelKey(key)));
}

export function metadata(
  name: string,
  context: EmitContext,
  labels: Readonly<Record<string, string>>,
  annotations: DraftRecord = {},
): DraftRecord {
  return {
    name,
    namespace: context.target.namespace,
    labels,
    annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
  };
}
