import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { SavedVariableStore } from '../environment/saved-variable.store.ts';
import { SettingStore } from './setting.store.ts';

const operation = operations.deleteSetting;

/** Removes a setting. Mappings to it stay and are reported, so that nobody loses a value without a word. */
@Injectable()
export class DeleteSetting {
  constructor(
    private readonly store: SettingStore,
    private readonly saved: SavedVariableStore,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { path } = input;
    const project = input.project ?? null;
    if (!(await this.store.delete({ path, project })))
      throw failure(operation, 'SETTING_NOT_FOUND', `No setting is called ${path}.`);
    const mappedBy = await this.saved.servicesMappedTo(path, project);
    const used =
      mappedBy.length === 0 ? '' : ` These services were mapped to it and now miss it: ${mappedBy.join(', ')}.`;
    return { success: true, message: `The setting ${path} was removed.${used}`, mapped_by: [...mappedBy] };
  }
}
