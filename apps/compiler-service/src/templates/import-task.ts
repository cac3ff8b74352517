import { importTemplate, type ImportedTemplate, type TemplateInput } from '@ushadow/templates';
import { randomBytes } from 'node:crypto';

export interface ImportTask {
  readonly input: TemplateInput;
  readonly now: number;
  readonly domain?: string | undefined;
  readonly tls?: boolean | undefined;
}

/** Beside its input it has random bytes, of which generated values are made. */
export function importOne({ input, now, domain, tls = true }: ImportTask): ImportedTemplate {
  return importTemplate(input, {
    randomBytes: (count) => randomBytes(count),
    now,
    ...(domain === undefined ? {} : { domain }),
    scheme: tls ? 'https' : 'http',
  });
}

/** What a template is called in its findings: its own file, where each line is as in `compose.yaml` of the project. */
export function composeFileOf({ files }: TemplateInput): string {
  const yaml = Object.keys(files).filter((file) => /\.ya?ml$/.test(file));
  return yaml.find((file) => /^(?:docker-)?compose\.ya?ml$/.test(file)) ?? yaml[0] ?? 'compose.yaml';
}
