import { loadProject, type LoadInput } from '@ushadow/compose';
import { resolve } from 'node:path';
import { UsageError } from '../command.ts';
import type { LoadedProject } from '../compose/loaded-project.ts';
import { templateProject, type TemplateOptions } from './template-project.ts';
import { TemplateFilePort } from './template-port.ts';

interface Values extends TemplateOptions {
  readonly file?: readonly string[] | undefined;
  readonly 'project-directory'?: string | undefined;
}

/** Loads the project that a template stands for; findings of the import come first. */
export function loadTemplate(values: Values, input: Omit<LoadInput, 'files' | 'port'>): LoadedProject {
  if (values.file !== undefined || values['project-directory'] !== undefined)
    throw new UsageError('--template names a project of its own; neither --file nor --project-directory goes with it.');
  const { workingDirectory = '/', envFiles = [] } = input;
  const template = templateProject(values, workingDirectory);
  const named = envFiles.map((file) => resolve(workingDirectory, file));
  const port = new TemplateFilePort(template.texts, named);
  if (template.entries.length === 0) return { ...NOTHING, diagnostics: template.findings, port, template };
  const loaded = loadProject({
    ...input,
    port,
    files: template.entries,
    projectDirectory: template.directory,
    envFiles: [template.valueFile, ...named],
  });
  return { ...loaded, diagnostics: [...template.findings, ...loaded.diagnostics], port, template };
}

const NOTHING = {
  positions: { at: () => undefined },
  directory: '/',
  ok: false,
  declaredEnvironment: {},
  templates: [],
  filesRead: [],
  interpolationEnvironment: {},
  cost: { nodes: 0, characters: 0 },
} as const;
