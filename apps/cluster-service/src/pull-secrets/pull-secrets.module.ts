import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ListPullSecrets } from './list-pull-secrets.ts';
import { OpenPullSecrets } from './open-pull-secrets.ts';
import { PullSecretsController } from './pull-secrets.controller.ts';
import { RemovePullSecret } from './remove-pull-secret.ts';
import { SetPullSecret } from './set-pull-secret.ts';

@Module({
  imports: [ClustersModule, StoreModule],
  controllers: [PullSecretsController],
  providers: [ListPullSecrets, OpenPullSecrets, RemovePullSecret, SetPullSecret],
})
export class PullSecretsModule {}
