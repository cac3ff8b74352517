import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { Catalog } from '../catalog/catalog.ts';
import { findPlace } from '../environment/find-place.ts';
import { valuesOf } from './compile-project.ts';
import { describeVariables } from './describe-variables.ts';
import type { GatheredProject, GatherProject } from './gather-project.ts';
import { nameUses } from './name-uses.ts';
import { selectServices } from './select-services.ts';
import { unresolvedPlaces } from './unresolved.ts';

const operation = operations.projectVariables;
type Input = InputOf<typeof operation>;
type Output = OutputOf<typeof operation>;

interface Parts {
  readonly catalog: Catalog;
  readonly gather: GatherProject;
  readonly caller: RpcCaller;
}

/** The variables of a project as a deployment would get them now; secret values stay here. */
export class ProjectVariables {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: Input): Promise<Output> {
    const { catalog, gather, caller } = this.parts;
    const { project: stem, cluster_id: clusterId, namespace, profiles, services } = input;
    const found = await catalog.findProject(stem);
    if (found === undefined) throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${stem}.`);
    const { source } = found;
    const place = clusterId === undefined ? undefined : await findPlace(caller, clusterId, namespace);
    const values = valuesOf(input);
    const gathered = await gather.run({
      source,
      place,
      profiles,
      infraOf: input.infra_of,
      ...values,
      savedAs: 'remembered',
    });
    const { project } = gathered.loaded.result;
    // A project with errors has no services; why is told with the project.
    if (project === undefined) return { variables: [], unresolved: [], problems: [] };
    const selected = selectServices(project, { services }, stem);
    const unresolved = unresolvedPlaces(gathered.loaded, gathered.services, new Set(selected));
    return {
      variables: [...describeVariables({ source, gathered, selected, unresolved, secrets: values.secrets })],
      unresolved: [...new Set(unresolved.map(({ name }) => name))].sort(),
      problems: problemsOf(input, gathered, selected),
    };
  }
}

function problemsOf({ typed = {} }: Input, gathered: GatheredProject, selected: readonly string[]): Output['problems'] {
  const { services, loaded, unanswered } = gathered;
  const known = new Set([
    ...nameUses(loaded, services).keys(),
    ...[...services.values()].flatMap(({ declared }) => declared.map(({ name }) => name)),
  ]);
  return [
    ...selected.flatMap((name) =>
      (services.get(name)?.problems ?? []).map(({ variable, code, message }) => ({ variable, code, message })),
    ),
    ...Object.keys(typed)
      .filter((name) => !known.has(name))
      .map((name) => ({
        code: 'VARIABLE_UNKNOWN',
        variable: name,
        message: `Nothing in the project is called ${name}: no \`\${${name}}\`, and no variable of a container.`,
      })),
    ...(unanswered === undefined ? [] : [{ code: 'SCANS_UNAVAILABLE', variable: null, message: unanswered }]),
  ];
}
