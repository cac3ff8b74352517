import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { Catalog } from '../catalog/catalog.ts';
import { Workers } from '../work/workers.ts';
import { findTemplate } from './find-template.ts';
import { Gallery, summaryOf, unreadable } from './gallery.ts';
import { readTemplate } from './read-template.ts';
import { toFindings } from './to-findings.ts';
import { toTemplate } from './template.mapper.ts';

type Operation = typeof operations.getTemplate;

/** Reads and checks it as it is now: a list keeps no findings. */
@Injectable()
export class GetTemplate {
  constructor(
    private readonly gallery: Gallery,
    private readonly catalog: Catalog,
    private readonly workers: Workers,
  ) {}

  async run({ name }: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { found } = await findTemplate(this.gallery, name);
    const read = await readTemplate(found);
    if ('problem' in read) {
      const nothing = { needs: [], generated: [], objects: [], volumes: [] };
      const listed = toTemplate({ found, summary: unreadable(found), isChecked: true });
      return { ...listed, ...nothing, findings: toFindings([read.problem]) };
    }
    const task = { input: read.input, policy: this.catalog.policy, now: Date.now() };
    const checked = await this.workers.run('describeTemplate', task);
    const { needs, generated, objects, volumes, findings } = checked;
    return {
      ...toTemplate({ found, summary: summaryOf(checked), isChecked: true }),
      ...{ needs, generated, objects, volumes, findings },
    };
  }
}
