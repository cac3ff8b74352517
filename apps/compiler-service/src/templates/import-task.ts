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
