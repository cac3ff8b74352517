import { isScalar, type Scalar } from 'yaml';
import type { ComposeText } from './compose-text.ts';
import { sourceOf } from './undeclared.ts';
import { entry, itemsOf, textOf } from './yaml-nodes.ts';

/** A path of the project that a service mounts. */
export interface Mounted {
  readonly service: string;
  /** Below the project's folder, without `./`. */
  readonly source: string;
  readonly target: string;
  /** Which one of the service's volumes it is. */
  readonly index: number;
}

/** `../files` is where the platform keeps a template's files, beside the folder of the Compose file; here it is in it. */
export function bringFilesInside(compose: ComposeText): void {
  for (const node of compose.scalars) {
    if (!/^\.\.\/files(?:\/|:|$)/.test(textOf(node) ?? '')) continue;
    compose.rewrite(node, compose.written(node).replace('../files', './files'));
  }
}

export function mountedPaths({ services, document }: ComposeText): readonly Mounted[] {
  return services.flatMap(({ name: service, value }) =>
    itemsOf(entry(value, 'volumes', document)?.value, document).flatMap((item, index): Mounted[] => {
      const source = sourceOf(item, document);
      const target = isScalar(item) ? shortTarget(item) : textOf(entry(item, 'target', document)?.value);
      if (source === undefined || target === undefined || !source.startsWith('.')) return [];
      return [{ service, source: inside(source), target, index }];
    }),
  );
}

function shortTarget(item: Scalar): string | undefined {
  return textOf(item)?.split(':')[1];
}

/** Below the folder of the Compose file, into which files beside it are brought. */
export function inside(source: string): string {
  return source
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .join('/');
}
