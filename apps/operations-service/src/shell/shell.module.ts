import { Module } from '@nestjs/common';
import { SharedModule } from '../shared.module.ts';
import { OpenExec } from './open-exec.ts';
import { OpenPortForward } from './open-port-forward.ts';
import { Policies } from './policies.ts';
import { ServicePods } from './service-pods.ts';
import { Sessions } from './sessions.ts';
import { ShellAudit } from './shell-audit.ts';
import { ShellController } from './shell.controller.ts';

@Module({
  imports: [SharedModule],
  controllers: [ShellController],
  providers: [OpenExec, OpenPortForward, Policies, ServicePods, Sessions, ShellAudit],
})
export class ShellModule {}
