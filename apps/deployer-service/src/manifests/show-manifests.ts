import { Injectable } from '@nestjs/common';
import { zip } from '@ushadow/compose-files';
import { failure, operations, type AnsweredFileData, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Redactor } from '@ushadow/secrets';
import { OpenRevision } from '../history/open-revision.ts';
import { findStack } from '../stacks/find-stack.ts';
import type { GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { manifestFiles, type ManifestFile } from './manifest-files.ts';

interface Opened extends Pick<GoodRevision, 'deployment'> {
  readonly stack: Stack;
  readonly files: readonly ManifestFile[];
}

/** The manifests of any revision that is kept (R101, R102, R110). */
@Injectable()
export class ShowManifests {
  constructor(
    private readonly stacks: StackStore,
    private readonly revisions: OpenRevision,
    private readonly redactor: Redactor,
  ) {}

  async list(input: InputOf<typeof operations.listManifests>): Promise<OutputOf<typeof operations.listManifests>> {
    const { stack, deployment, files } = await this.open(input);
    return {
      stack_id: stack.id,
      revision: deployment.revision,
      content_digest: deployment.afterDigest,
      files: files.map(({ name, object, services, yaml }) => ({
        ...{ name, object, services: [...services] },
        bytes: Buffer.byteLength(yaml),
      })),
    };
  }

  async one(input: InputOf<typeof operations.getManifest>): Promise<AnsweredFileData> {
    const { deployment, files } = await this.open(input);
    const file = files.find(({ name }) => name === input.name);
    if (file !== undefined)
      return { name: file.name, media_type: 'application/yaml', encoding: 'utf8', content: file.yaml };
    const text = `Revision ${String(deployment.revision)} has no manifest ${input.name}.`;
    throw failure(operations.getManifest, 'MANIFEST_NOT_FOUND', text);
  }

  async all(input: InputOf<typeof operations.downloadManifests>): Promise<AnsweredFileData> {
    const { stack, deployment, files } = await this.open(input);
    const archive = zip(files.map(({ name, yaml }) => ({ path: name, content: Buffer.from(yaml), executable: false })));
    return {
      name: `${stack.project}-${String(deployment.revision)}-manifests.zip`,
      media_type: 'application/zip',
      encoding: 'base64',
      content: archive.toString('base64'),
    };
  }

  private async open({ stack_id: id, revision: ref }: InputOf<typeof operations.listManifests>): Promise<Opened> {
    const stack = await findStack(id, this.stacks);
    const { deployment, content } = await this.revisions.open(await this.revisions.find(stack, ref));
    return { stack, deployment, files: manifestFiles(content, (text) => this.redactor.text(text)) };
  }
}
