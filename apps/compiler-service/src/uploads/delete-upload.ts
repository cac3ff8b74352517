import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { SettingStore } from '../settings/setting.store.ts';
import { UploadStore } from './upload.store.ts';

const operation = operations.deleteUpload;

/** Forgets a project, and with it the settings of its own: generated passwords, which a stack that runs may still need. */
@Injectable()
export class DeleteUpload {
  constructor(
    private readonly store: UploadStore,
    private readonly settings: SettingStore,
    private readonly caller: RpcCaller,
  ) {}

  async run({ name, force }: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    if (force !== 'true') await this.refuseWhileDeployed(name);
    if (!(await this.store.delete(name)))
      throw failure(operation, 'UPLOAD_NOT_FOUND', `No uploaded project is called ${name}.`);
    return { success: true, message: `${name} was removed from the catalog. What was deployed from it still runs.` };
  }

  private async refuseWhileDeployed(name: string): Promise<void> {
    const count = await this.settings.countOf(name);
    if (count === 0) return;
    const { deployed } = await this.caller.call(operations.knownProjects, { projects: [name] });
    if (!deployed.includes(name)) return;
    const values = count === 1 ? 'one setting' : `${String(count)} settings`;
    throw failure(
      operation,
      'UPLOAD_IN_USE',
      `A stack of ${name} exists, and ${values} of this project alone would go with it, as generated passwords of its databases. Remove the stack first, or say yes to it (\`force\`).`,
    );
  }
}
