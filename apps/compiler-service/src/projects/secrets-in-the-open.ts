import { pointerSegments, type Diagnostic } from '@ushadow/compose';
import { isSecretValue } from '../compile/secret-values.ts';
import type { GatheredProject } from './gather-project.ts';

/** Keys whose texts go into no object, or into a Secret. */
const HIDDEN = new Set(['environment', 'build', 'develop']);

/** A secret that the file puts into a command, a label or another text that everybody reads who may read the objects. */
export function secretsInTheOpen(
  { loaded, chosen, services }: GatheredProject,
  selected: ReadonlySet<string>,
): readonly Diagnostic[] {
  return loaded.result.templates.flatMap(({ path, references, position }) => {
    const [section, service = '', key = ''] = pointerSegments(path);
    const isShown = section === 'configs' || (section === 'services' && !HIDDEN.has(key));
    if (!isShown || (services.has(service) && !selected.has(service))) return [];
    const names = references.flatMap(({ name }) => {
      const winner = chosen.named[name]?.find(({ eligible }) => eligible);
      return winner !== undefined && isSecretValue(name, winner) ? [name] : [];
    });
    return [...new Set(names)].map((name): Diagnostic => ({
      code: 'SECRET_IN_THE_OPEN',
      severity: 'warning',
      message: `${name} is secret, and this text carries it in clear: whoever may read the object sees it.`,
      remedy: 'Let the program read it from its environment, or from a file that a secret is mounted as.',
      path,
      position,
    }));
  });
}
