/** Kinds that hold data or other people's objects: never deleted without an explicit yes. */
export const PROTECTED_KINDS: ReadonlySet<string> = new Set([
  'CustomResourceDefinition',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
]);

/** Set to `true` on an object, it is never deleted by us. */
export const KEEP_ANNOTATION = 'ushadow.io/keep';
