import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { DeleteSetting } from './delete-setting.ts';
import { PutSetting } from './put-setting.ts';
import { toContract } from './setting.mapper.ts';
import { SettingStore } from './setting.store.ts';

@Controller()
export class SettingsController {
  constructor(
    private readonly store: SettingStore,
    private readonly putSetting: PutSetting,
    private readonly deleteSetting: DeleteSetting,
  ) {}

  @Handle(operations.listSettings)
  async list(): Promise<OutputOf<typeof operations.listSettings>> {
    return { settings: (await this.store.list()).map(toContract) };
  }

  @Handle(operations.putSetting)
  async put(
    input: InputOf<typeof operations.putSetting>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.putSetting>> {
    return toContract(await this.putSetting.run(input, context));
  }

  @Handle(operations.deleteSetting)
  delete(input: InputOf<typeof operations.deleteSetting>): Promise<OutputOf<typeof operations.deleteSetting>> {
    return this.deleteSetting.run(input);
  }
}
