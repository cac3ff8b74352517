import type { KubeObject } from '@ushadow/kubernetes';
import { formatPointer } from '../violation.ts';
import type { Path } from '../violation.ts';

/** The patched object, or why the patch cannot be applied; the object given is never changed. */
export type PatchResult =
  | { readonly ok: true; readonly object: KubeObject }
  /** `pointer` is into the patch. */
  | { readonly ok: false; readonly pointer: string; readonly message: string };

/** Ends a patch half-way; callers of this folder only see a PatchResult. */
export class PatchRefused extends Error {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}

/** @throws what is no PatchRefused: a mistake of ours */
export function patchResult(apply: () => KubeObject): PatchResult {
  try {
    return { ok: true, object: apply() };
  } catch (error) {
    if (!(error instanceof PatchRefused)) throw error;
    return { ok: false, pointer: formatPointer(error.path), message: error.message };
  }
}
