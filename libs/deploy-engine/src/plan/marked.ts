import type { KubeObject } from '@ushadow/kubernetes';
import { owned } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { stamped } from './write-stamp.ts';

/** What is written of an object: it, whose it is, and by which holder. Added last, so that nothing overrides it. */
export function marked(desired: KubeObject, { owner, stamp }: Pick<Settings, 'owner' | 'stamp'>): KubeObject {
  return stamped(owned(desired, owner), stamp);
}
