import { examineSource, type Examination } from '../catalog/examine-source.ts';
import { openSource, type ProjectSource, type StoredSource } from '../catalog/project-source.ts';
import { previewEntry, type PreviewTask } from '../compile/preview-entry.ts';
import { describeEnvironment, type EnvironmentTask } from '../environment/describe-environment.ts';
import { compileProject, type CompileProjectTask } from '../projects/compile-task.ts';
import { listVariables, type VariablesTask } from '../projects/list-variables.ts';
import { LastRead } from './last-read.ts';
import { checkTemplate } from '../templates/check-task.ts';
import { importOne } from '../templates/import-task.ts';

/** What a task works on: a project of the catalog, opened where the task runs. */
type Stored<T> = Omit<T, 'source'> & { readonly source: StoredSource };

const lastRead = new LastRead();

function open(source: StoredSource): ProjectSource {
  return openSource(source, lastRead.filesOf(source));
}

function opened<T extends { readonly source: ProjectSource }>(task: Stored<T>): T {
  return { ...task, source: open(task.source) } as unknown as T;
}

/** All that is done with what users hand in; each a function of its input alone, but for values that are generated. */
export const tasks = {
  examine: ({ source, ...how }: Examination & { readonly source: StoredSource }) => examineSource(open(source), how),
  compileProject: (task: Stored<CompileProjectTask>) => compileProject(opened<CompileProjectTask>(task)),
  listVariables: (task: Stored<VariablesTask>) => listVariables(opened<VariablesTask>(task)),
  previewService: (task: Stored<PreviewTask>) => previewEntry(opened<PreviewTask>(task)),
  describeEnvironment: (task: Stored<EnvironmentTask>) => describeEnvironment(opened<EnvironmentTask>(task)),
  checkTemplate,
  /** The same for somebody who waits for it. */
  describeTemplate: checkTemplate,
  importTemplate: importOne,
};

export type TaskName = keyof typeof tasks;
export type TaskInput<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];
export type TaskOutput<N extends TaskName> = ReturnType<(typeof tasks)[N]>;
