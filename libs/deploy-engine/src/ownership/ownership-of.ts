import type { KubeObject, Owner } from '@ushadow/kubernetes';
import { OWNER_ANNOTATION, readOwner } from '@ushadow/kubernetes';

export type Ownership =
  | { readonly is: 'ours' }
  /** Nobody has marked it. */
  | { readonly is: 'unowned' }
  | {
      readonly is: 'foreign';
      /** By whom it is held, for people, e.g. `Helm release shop/web`. */
      readonly by: string;
      /** Id of the stack, where only another stack's mark makes it foreign. */
      readonly stack?: string;
    };

/**
 * Whose a live object is. A mark of somebody else decides first, then our inventory or our own mark. Who manages which
 * fields says nothing of it: autoscalers and controllers do.
 *
 * @param inventory uids of what the stack is known to have
 */
export function ownershipOf(live: KubeObject, owner: Owner, inventory: ReadonlySet<string>): Ownership {
  const text = live.metadata.annotations?.[OWNER_ANNOTATION];
  const mark = text === undefined ? undefined : readOwner(text);
  const tool = toolMark(live);
  if (tool !== undefined) return { is: 'foreign', by: tool };
  if (text !== undefined && mark === undefined) return { is: 'foreign', by: 'an owner mark that cannot be read' };
  const controller = foreignController(live, inventory);
  if (mark !== undefined && !isSame(mark, owner)) {
    const by = stackText(mark, owner);
    return controller === undefined ? { is: 'foreign', by, stack: mark.stack } : { is: 'foreign', by };
  }
  if (controller !== undefined) return { is: 'foreign', by: controller };
  return mark !== undefined || inventory.has(live.metadata.uid ?? '') ? { is: 'ours' } : { is: 'unowned' };
}

/** Project and namespace are for people; they may be renamed. */
function isSame(mark: Owner, owner: Owner): boolean {
  return mark.stack === owner.stack && mark.installation === owner.installation;
}

function stackText({ project, namespace, installation }: Owner, owner: Owner): string {
  const where = installation === owner.installation ? '' : ' of another installation';
  return `stack ${project} in namespace ${namespace}${where}`;
}

const HELM_RELEASE = 'meta.helm.sh/release-name';
const HELM_NAMESPACE = 'meta.helm.sh/release-namespace';
const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';
const FLUX_NAME = /^([a-z0-9-]+)\.toolkit\.fluxcd\.io\/name$/;
const FLUX_KINDS: Readonly<Record<string, string>> = { kustomize: 'Kustomization', helm: 'HelmRelease' };

/** The mark of a tool that brings objects; `app.kubernetes.io/instance` is none, everybody sets it. */
function toolMark({ metadata }: KubeObject): string | undefined {
  const { labels = {}, annotations = {} } = metadata;
  const release = annotations[HELM_RELEASE];
  if (release !== undefined) return `Helm release ${inNamespace(annotations[HELM_NAMESPACE], release)}`;
  const tracking = annotations[ARGO_TRACKING];
  if (tracking !== undefined) return `Argo CD application ${tracking.split(':')[0] ?? ''}`;
  for (const marks of [labels, annotations]) {
    for (const [key, name] of Object.entries(marks)) {
      const tool = FLUX_NAME.exec(key)?.[1];
      if (tool === undefined) continue;
      const namespace = marks[key.replace(/name$/, 'namespace')];
      return `Flux ${FLUX_KINDS[tool] ?? tool} ${inNamespace(namespace, name)}`;
    }
  }
  return undefined;
}

function inNamespace(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Made and kept by something that is not of this stack. */
function foreignController({ metadata }: KubeObject, inventory: ReadonlySet<string>): string | undefined {
  const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (controller === undefined || inventory.has(controller.uid)) return undefined;
  return `controlled by ${controller.kind}/${controller.name}`;
}
