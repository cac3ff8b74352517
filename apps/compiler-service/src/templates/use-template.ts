import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { addressText } from '@ushadow/templates';
import type { RequestContext } from '@ushadow/observability';
import type { Diagnostic } from '@ushadow/compose';
import { SettingStore } from '../settings/setting.store.ts';
import { UploadProject } from '../uploads/upload-project.ts';
import { Workers } from '../work/workers.ts';
import { findTemplate } from './find-template.ts';
import { Gallery } from './gallery.ts';
import { readTemplate } from './read-template.ts';
import { toFindings } from './to-findings.ts';
import { filesOf, projectNameOf } from './template-project.ts';

const operation = operations.useTemplate;

/** Makes an uploaded project of a template. What was generated is kept with it, as settings that this project alone sees. */
@Injectable()
export class UseTemplate {
  constructor(
    private readonly gallery: Gallery,
    private readonly workers: Workers,
    private readonly uploads: UploadProject,
    private readonly settings: SettingStore,
    private readonly caller: RpcCaller,
  ) {}

  async run(input: InputOf<typeof operation>, { actor }: RequestContext): Promise<OutputOf<typeof operation>> {
    const { domain, tls, replace } = input;
    const { found } = await findTemplate(this.gallery, input.name);
    const project = input.project ?? projectNameOf(found.name);
    const read = await readTemplate(found);
    if ('problem' in read) throw invalid(found.id, [read.problem]);
    const task = { input: read.input, now: Date.now(), domain, tls };
    const imported = await this.workers.run('importTemplate', task);
    if (imported.findings.some(({ severity }) => severity === 'error')) throw invalid(found.id, imported.findings);
    const values = imported.values
      .filter(({ generated }) => generated)
      .map(({ name, value, secret }) => ({ path: name, value, isSecret: secret }));
    let added: readonly string[] = [];
    const upload = await this.uploads.take(
      { name: project, files: filesOf(imported), replace, actor },
      {
        details: { template: found.id },
        // With the project, or not at all.
        also: async (queries) => {
          const kept = await this.settings.keep(queries, { project, values, updatedBy: actor });
          added = kept.added;
          return kept.drafts;
        },
      },
    );
    const findings = [...imported.findings, ...(added.length === 0 ? [] : await this.newValues(project))];
    return {
      template: found.id,
      project,
      services: upload.services,
      public: imported.public.map((each) => ({ service: each.service, address: addressText(each) })),
      generated: values.map(({ path }) => path).filter((path) => added.includes(path)),
      kept: values.map(({ path }) => path).filter((path) => !added.includes(path)),
      diagnostics: [...toFindings(findings), ...upload.diagnostics],
    };
  }

  /** What runs under this name may have been made with values that went with an earlier project. */
  private async newValues(project: string): Promise<readonly Diagnostic[]> {
    const nobodyKnows: { readonly known: readonly string[] } = { known: [] };
    const { known } = await this.caller
      .call(operations.knownProjects, { projects: [project] })
      .catch(() => nobodyKnows);
    return known.includes(project) ? [NEW_VALUES] : [];
  }
}

const NEW_VALUES: Diagnostic = {
  code: 'TEMPLATE_NEW_VALUES',
  severity: 'warning',
  message:
    'Something was deployed under this name before: what is in its volumes may have other passwords than are made now.',
  remedy: 'Give the former ones when you deploy, or use another name.',
  path: '',
};

function invalid(id: string, findings: readonly Diagnostic[]) {
  const [first] = findings.filter(({ severity }) => severity === 'error');
  return failure(operation, 'TEMPLATE_INVALID', `No project can be made of ${id}: ${first?.message ?? ''}`, {
    details: { diagnostics: toFindings(findings) },
  });
}
