import { Module } from '@nestjs/common';
import { SharedModule } from '../shared.module.ts';
import { ListConfig } from './list-config.ts';
import { ObjectsController } from './objects.controller.ts';
import { RevealSecretKey } from './reveal-secret-key.ts';
import { ShowObject } from './show-object.ts';
import { StackObjectReader } from './stack-objects.ts';

/** Single objects of stacks. */
@Module({
  imports: [SharedModule],
  controllers: [ObjectsController],
  providers: [ListConfig, RevealSecretKey, ShowObject, StackObjectReader],
})
export class ObjectsModule {}
