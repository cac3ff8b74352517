import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { DeleteSetting } from './delete-setting.ts';
import { PutSetting } from './put-setting.ts';
import { SettingsController } from './settings.controller.ts';

@Module({
  imports: [StoreModule],
  controllers: [SettingsController],
  providers: [DeleteSetting, PutSetting],
})
export class SettingsModule {}
