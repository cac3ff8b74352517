import { clusterOf } from '@ushadow/contracts';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { manifestFiles } from './manifest-files.ts';
import { codeOf, writeManifests } from './manifest-folder.ts';

/** Writes what stacks were last brought to into the operator's folder, where there is one. It never fails a deployment. */
@Injectable()
export class ExportManifests implements BeforeApplicationShutdown {
  /** By stack: what is being written, and whether it is to be written once more. */
  private readonly writing = new Map<string, { again: boolean; readonly done: Promise<void> }>();
  private readonly root: string | undefined;

  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly redactor: Redactor,
    @Inject(CONFIG) { MANIFESTS_DIR }: DeployerConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.root = MANIFESTS_DIR;
  }

  /** After a good deployment; nobody waits for it. */
  begin(stackId: string): void {
    const { writing, root } = this;
    if (root === undefined) return;
    const known = writing.get(stackId);
    if (known !== undefined) {
      known.again = true;
      return;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = this.write(root, stackId).finally(() => {
      writing.delete(stackId);
      if (entry.again) this.begin(stackId);
    });
    writing.set(stackId, entry);
  }

  async beforeApplicationShutdown(): Promise<void> {
    while (this.writing.size > 0) await Promise.all([...this.writing.values()].map(({ done }) => done));
  }

  /** The newest good state, whichever deployment it is of: two that end one after the other cannot come in the wrong order. */
  private async write(root: string, stackId: string): Promise<void> {
    const { stacks, contents, redactor, logger } = this;
    try {
      const [stack, good] = await Promise.all([stacks.find(stackId), contents.lastGood(stackId)]);
      if (stack === undefined || good === undefined) return;
      const { target, namespace, project } = stack;
      const { revision } = good.deployment;
      const problem = await writeManifests(root, { clusterId: clusterOf(target), namespace, stackId }, (taken) =>
        manifestFiles(good.content, (text) => redactor.text(text), taken),
      ).then(
        () => null,
        (error: unknown) => {
          logger.warn({ err: error, stackId, revision }, `the manifests of ${project} were not all written`);
          return inWords(error);
        },
      );
      await stacks.keepManifests(stackId, { revision, at: new Date().toISOString(), problem });
    } catch (error) {
      logger.warn({ err: error, stackId }, 'the manifests of a stack were not written');
    }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'the folder may not be written',
  EPERM: 'the folder may not be written',
};

/** For people who need not know where the operator keeps it. */
function inWords(error: unknown): string {
  const code = codeOf(error);
  return (
    (code === undefined ? undefined : (WORDS[code] ?? `the disk says ${code}`)) ?? 'a name or a folder is in the way'
  );
}
