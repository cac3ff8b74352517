import { UsageError } from '../command.ts';

/** What the arguments of a command name. */
export interface Named {
  /** Where it was said: by `-p` or by `project/service`. */
  readonly project?: string;
  readonly services: readonly string[];
}

/** Every command names a service the same way: `project/service`, or `service` of the project that is meant anyway. */
export function readNames(texts: readonly string[], project: string | undefined): Named {
  const read = texts.map(readName);
  const projects = new Set([project, ...read.map((each) => each.project)].filter((name) => name !== undefined));
  const [first, second] = projects;
  if (first !== undefined && second !== undefined)
    throw new UsageError(`One project at a time: here are ${first} and ${second}.`);
  const services = [...new Set(read.map(({ service }) => service))];
  return first === undefined ? { services } : { project: first, services };
}

function readName(text: string): { readonly project?: string; readonly service: string } {
  if (text.includes(':')) throw new UsageError(`${text} is written ${text.replace(':', '/')} now.`);
  const [project = '', service, more] = text.split('/');
  if (service === undefined && project !== '') return { service: project };
  if (project === '' || service === '' || service === undefined || more !== undefined)
    throw new UsageError(`A service is named SERVICE or PROJECT/SERVICE, not ${text === '' ? '""' : text}.`);
  return { project, service };
}
