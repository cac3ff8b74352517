import type { operations, RequestOf } from '@ushadow/contracts';
import { base64OfText } from './base64.ts';
import { readLabels } from './labels-text.ts';

export interface AddClusterForm {
  readonly name: string;
  readonly namespace: string;
  readonly kubeconfig: string;
  /** Empty: the file's current context. */
  readonly context: string;
  readonly labels: string;
}

export const emptyForm: AddClusterForm = { name: '', namespace: '', kubeconfig: '', context: '', labels: '' };

/** Whether enough is filled in to ask the server. */
export function isComplete(form: AddClusterForm): boolean {
  return form.name.trim() !== '' && form.kubeconfig.trim() !== '' && readLabels(form.labels).ok;
}

/** What is asked for although the server has refused it once. */
export interface ForceOptions {
  readonly unreachable?: boolean;
  readonly duplicate?: boolean;
}

/** What is sent for a form; what was left empty is left to the server's defaults. */
export function toRegisterRequest(
  form: AddClusterForm,
  { unreachable = false, duplicate = false }: ForceOptions = {},
): RequestOf<typeof operations.registerCluster> {
  const labels = readLabels(form.labels);
  const namespace = form.namespace.trim();
  return {
    name: form.name.trim(),
    kubeconfig: base64OfText(form.kubeconfig),
    ...(form.context === '' ? {} : { context: form.context }),
    ...(namespace === '' ? {} : { namespace }),
    ...(labels.ok && Object.keys(labels.labels).length > 0 ? { labels: labels.labels } : {}),
    ...(unreachable ? { allow_unreachable: true } : {}),
    ...(duplicate ? { allow_duplicate: true } : {}),
  };
}
