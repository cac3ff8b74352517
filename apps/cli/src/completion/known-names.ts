import type { CommandContext } from '../command.ts';
import { loadFromDisk } from '../compose/load-options.ts';
import { openGateway, type Gateway } from '../gateway/with-gateway.ts';
import type { Candidate, KnownNames } from './complete.ts';

/** Somebody waits with a finger on the key. */
const LIMIT_MS = 1_000;

/** Names from this folder and from the gateway; none where it does not answer soon. */
export function knownNames(context: CommandContext): KnownNames {
  return async (kind, typed, values) => {
    try {
      const gateway = openGateway(values.get('api'), context, AbortSignal.timeout(LIMIT_MS));
      return kind === 'service' ? await services(gateway, typed, values, context) : await sources[kind](gateway, typed);
    } catch {
      return [];
    }
  };
}

const sources = {
  cluster: async ({ client }: Gateway): Promise<readonly Candidate[]> =>
    (await client.listClusters({})).map(({ name, server }) => ({ value: name, description: server })),
  stack: async ({ client }: Gateway): Promise<readonly Candidate[]> => {
    const { stacks } = await client.listStacks({ limit: 200 });
    return [...new Set(stacks.map(({ project }) => project))].map((value) => {
      const places = stacks.filter(({ project }) => project === value).map(({ namespace }) => namespace);
      return { value, description: `in ${places.join(', ')}` };
    });
  },
  template: async ({ client }: Gateway, typed: string): Promise<readonly Candidate[]> => {
    const search = typed.slice(typed.indexOf(':') + 1);
    const { templates } = await client.listTemplates({ limit: 200, ...(search === '' ? {} : { search }) });
    const named = templates.map(({ id, name, title }) => ({
      value: typed.includes(':') ? id : name,
      description: title,
    }));
    const count = new Map(named.map(({ value }) => [value, named.filter((each) => each.value === value).length]));
    // A name that several have is no name of one.
    return named.filter(({ value }) => count.get(value) === 1);
  },
};

/** Those of the project that is named, else of the one in this folder. */
async function services(
  { client }: Gateway,
  typed: string,
  values: ReadonlyMap<string, string>,
  context: CommandContext,
): Promise<readonly Candidate[]> {
  const slash = typed.indexOf('/');
  const project = slash > 0 ? typed.slice(0, slash) : values.get('project-name');
  if (project === undefined) return local(values, context);
  const [stack] = (await client.listStacks({ project, limit: 1 })).stacks;
  if (stack === undefined) return [];
  const { services: all } = await client.getStack({ stack_id: stack.stack_id });
  const prefix = slash > 0 ? `${project}/` : '';
  return all.map(({ service, image }) => ({ value: `${prefix}${service}`, description: image ?? '' }));
}

function local(values: ReadonlyMap<string, string>, context: CommandContext): readonly Candidate[] {
  const file = values.get('file');
  const { project } = loadFromDisk(file === undefined ? {} : { file: [file] }, context);
  const all = { ...project?.services, ...project?.disabledServices };
  return Object.entries(all).map(([value, { image = '' }]) => ({ value, description: image ?? '' }));
}
