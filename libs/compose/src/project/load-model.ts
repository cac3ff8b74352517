import { fillDefaults } from '../canonical/defaults.ts';
import { toLongForms } from '../canonical/long-forms.ts';
import { rangeWeight } from '../canonical/range-weight.ts';
import { resolveMappingPaths } from '../canonical/resolve-paths.ts';
import { applyResets, resetTree } from '../merge/apply-resets.ts';
import { enforceUnique } from '../merge/enforce-unique.ts';
import { mergeNodes } from '../merge/merge.ts';
import type { ParsedDocument } from '../parse/parsed-document.ts';
import { validateSchema } from '../schema/validate.ts';
import { checkValues } from '../check/check-values.ts';
import { entry, map, treeWeight, withEntries, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import { ExtendsResolver } from './extends.ts';
import { applyIncludes } from './include.ts';
import type { ModelScope } from './model-scope.ts';
import { readDocument } from './read-document.ts';

/**
 * Layers the files of a scope to one model with absolute paths. The order is that of the reference: interpolate,
 * include, extend, merge, keep entries unique, check the schema, expand short forms; then defaults and paths.
 */
export function loadModel(scope: ModelScope): MapNode {
  const extending = new ExtendsResolver(scope);
  let model: MapNode = map([], { file: scope.files[0] ?? '', line: 1, column: 1 });
  for (const file of scope.files) {
    const documents = scope.session.documents(file, scope.asked) ?? [];
    for (const document of documents) model = layer(model, document, file, scope, extending);
  }
  const { report } = scope.session;
  const filled = fillDefaults(model);
  checkValues(filled, report);
  if (!scope.session.does('path-resolution') && scope.including.length === 0) return filled;
  return resolveMappingPaths(filled, {
    directory: scope.directory,
    home: scope.environment.values['HOME'],
    report,
  });
}

function layer(
  model: MapNode,
  document: ParsedDocument,
  file: string,
  scope: ModelScope,
  extending: ExtendsResolver,
): MapNode {
  const { report } = scope.session;
  const read = readDocument(document, scope);
  if (!read) return model;
  const included = applyIncludes(read, document.resets, file, scope, loadModel);
  const earlier = applyResets(model, resetTree(document.resets));
  const extended = extending.apply(included, file, document.resets);
  const joined = mergeNodes(earlier, extended, report);
  scope.session.work.visit(treeWeight(joined) + rangeWeight(joined), document.root.at);
  const merged = enforceUnique(boundedServices(joined, scope));
  const valid = withoutVersion(validateSchema(merged, report), scope);
  const long = toLongForms(valid, report, !scope.session.does('interpolation'));
  const unique = enforceUnique(long);
  return unique.kind === 'map' ? unique : long;
}

/** The first services of a project; that there are more than it may have is reported. */
function boundedServices(model: Node, { session }: ModelScope): Node {
  const services = entry(model, 'services');
  const limit = session.limits.servicesMax;
  if (model.kind !== 'map' || services?.kind !== 'map' || services.entries.size <= limit) return model;
  session.report.add('CPS0018', { services: services.entries.size, limit }, ['services'], services.at);
  return withEntry(model, 'services', withEntries(services, new Map([...services.entries].slice(0, limit))));
}

function withoutVersion(model: MapNode, { session }: ModelScope): MapNode {
  const version = model.entries.get('version');
  if (!version) return model;
  session.report.add('CPS0911', {}, ['version'], model.keysAt?.get('version') ?? version.at);
  return withEntry(model, 'version', undefined);
}
