import { Module } from '@nestjs/common';
import { SharedModule } from '../shared.module.ts';
import { StackViews } from './stack-views.ts';

/** What is seen of stacks while somebody looks at them. */
@Module({ imports: [SharedModule], providers: [StackViews], exports: [StackViews] })
export class LiveModule {}
