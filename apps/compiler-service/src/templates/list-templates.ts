import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf, TemplateData } from '@ushadow/contracts';
import { compareIds } from './find-templates.ts';
import { Gallery } from './gallery.ts';
import { toTemplate } from './template.mapper.ts';

type Operation = typeof operations.listTemplates;

@Injectable()
export class ListTemplates {
  constructor(private readonly gallery: Gallery) {}

  async run({ search = '', limit, cursor }: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { templates, checked, problems } = await this.gallery.list();
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = templates.map(toTemplate).filter((each) => words.every((word) => textOf(each).includes(word)));
    // The one that the page before ended with may be gone; those behind it are not.
    const from = cursor === undefined ? 0 : found.filter(({ id }) => compareIds(id, cursor) <= 0).length;
    const page = found.slice(from, from + limit);
    const last = page.at(-1);
    return {
      templates: page,
      found: found.length,
      checked,
      total: templates.length,
      problems: [...problems],
      next_cursor: last === undefined || from + limit >= found.length ? null : last.id,
    };
  }
}

function textOf({ name, title, description, tags }: TemplateData): string {
  return [name, title, description ?? '', ...tags].join('\n').toLowerCase();
}
