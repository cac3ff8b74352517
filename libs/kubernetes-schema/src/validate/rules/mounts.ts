import type { JsonObject } from '@ushadow/kubernetes';
import { eachRepeated, isSet, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

/** A StatefulSet's claim templates are volumes of its pods too. */
function claimNames(object: JsonObject): readonly string[] {
  return objectsIn(objectAt(object.spec).volumeClaimTemplates).flatMap(
    ([, claim]) => textAt(objectAt(claim.metadata).name) ?? [],
  );
}

export const mountRules: readonly TypeRule[] = [
  {
    rule: 'mount-volume',
    on: ['PodSpec'],
    check(spec, report, { object }) {
      const volumes = new Set([
        ...objectsIn(spec.volumes).map(([, v]) => textAt(v.name)),
        ...(object.kind === 'StatefulSet' ? claimNames(object) : []),
      ]);
      for (const group of ['containers', 'initContainers'] as const)
        for (const [c, container] of objectsIn(spec[group]))
          for (const [m, mount] of objectsIn(container.volumeMounts))
            if (!volumes.has(textAt(mount.name)))
              report(`the pod has no volume ${String(mount.name)}`, group, c, 'volumeMounts', m, 'name');
    },
  },
  {
    rule: 'mount-path',
    on: ['Container'],
    check({ volumeMounts }, report) {
      const mounts = objectsIn(volumeMounts);
      for (const [i, mount] of mounts)
        if (mount.mountPath === '') report('is required', 'volumeMounts', i, 'mountPath');
      eachRepeated(
        mounts,
        ([, mount]) => textAt(mount.mountPath),
        ([i], path) => report(`something else is mounted at ${path}`, 'volumeMounts', i, 'mountPath'),
      );
    },
  },
  {
    rule: 'mount-options',
    on: ['Container'],
    check({ volumeMounts, securityContext }, report) {
      const privileged = objectAt(securityContext).privileged === true;
      for (const [i, mount] of objectsIn(volumeMounts)) {
        if (mount.mountPropagation === 'Bidirectional' && !privileged)
          report('Bidirectional needs a privileged container', 'volumeMounts', i, 'mountPropagation');
        if (textAt(mount.subPath) !== undefined && textAt(mount.subPathExpr) !== undefined)
          report('may not stand beside subPath', 'volumeMounts', i, 'subPathExpr');
        const recursive = isSet(mount.recursiveReadOnly) && mount.recursiveReadOnly !== 'Disabled';
        if (recursive && mount.readOnly !== true)
          report('needs readOnly: true', 'volumeMounts', i, 'recursiveReadOnly');
      }
    },
  },
];
