import type { TemplateData } from '@ushadow/contracts';

/** The page of a template, by its id. */
export function templateHref(id: string): string {
  return `/templates/${encodeURIComponent(id)}`;
}

export function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** `web:3000/path`: a service that is reached from outside, by the port of its container. */
export function publicText({ service, port, path }: TemplateData['public'][number]): string {
  return `${service}${port === null ? '' : `:${String(port)}`}${path ?? ''}`;
}
