import { parseDotenv } from '../dotenv/parse-dotenv.ts';
import { reportProblems } from '../dotenv/read-env-files.ts';
import { resolvePath } from '../files/paths.ts';
import { entriesOf, itemsOf, map, scalar, textOf, withEntry } from '../tree/node.ts';
import type { MapNode, Node } from '../tree/node.ts';
import type { LoadSession } from './model-scope.ts';

/** Adds the labels of label files, below those written in the service. */
export function resolveLabels(name: string, service: MapNode, directory: string, session: LoadSession): MapNode {
  const files = itemsOf(service.entries.get('label_file'));
  if (files.length === 0) return service;
  const labels = new Map<string, Node>();
  const known = new Map<string, string>();
  files.forEach((file, index) => {
    const location = resolvePath(directory, textOf(file) ?? '');
    const text = session.files.read(location, 'label', {
      path: ['services', name, 'label_file', String(index)],
      at: file.at,
    });
    if (text === undefined) return;
    session.work.write(text.length, file.at);
    const { entries, problems } = parseDotenv(text, (variable) => known.get(variable));
    reportProblems(problems, location, session.report);
    for (const { name: label, value, line, column } of entries) {
      known.set(label, value);
      labels.set(label, scalar(value, { file: location, line, column }));
    }
  });
  const own = service.entries.get('labels');
  for (const [label, node] of entriesOf(own)) labels.set(label, node);
  return labels.size > 0 ? withEntry(service, 'labels', map(labels, own?.at ?? service.at)) : service;
}
