import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { describeVariables } from './describe-variables.ts';
import { gatherProject, type GatheredProject, type Gathering } from './gather-project.ts';
import { nameUses } from './name-uses.ts';
import { layersOfRequest } from './request-layers.ts';
import { selectServices } from './select-services.ts';
import { unresolvedPlaces } from './unresolved.ts';

type Input = InputOf<typeof operations.projectVariables>;
type Output = OutputOf<typeof operations.projectVariables>;

export interface VariablesTask {
  readonly source: ProjectSource;
  readonly input: Input;
  readonly gathering: Gathering;
}

/** The variables of a project as a deployment would get them now; secret values are left out. */
export function listVariables({ source, input, gathering }: VariablesTask): Output {
  const { profiles, services } = input;
  const values = layersOfRequest(input);
  const request = { profiles, infraOf: input.infra_of, ...values };
  const gathered = gatherProject(source, { ...request, savedAs: 'remembered' }, gathering);
  const { project } = gathered.loaded.result;
  // A project with errors has no services; why is said with the project.
  if (project === undefined) return { variables: [], unresolved: [], problems: [] };
  const selected = selectServices(project, { services }, source.stem);
  const unresolved = unresolvedPlaces(gathered.loaded, gathered.services, new Set(selected));
  return {
    variables: [...describeVariables({ source, gathered, selected, unresolved, secrets: values.secrets })],
    unresolved: [...new Set(unresolved.map(({ name }) => name))].sort(),
    problems: problemsOf(input, gathered, selected),
  };
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
