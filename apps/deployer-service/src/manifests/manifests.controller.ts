import { Controller } from '@nestjs/common';
import { operations, type AnsweredFileData, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ShowManifests } from './show-manifests.ts';

@Controller()
export class ManifestsController {
  constructor(private readonly manifests: ShowManifests) {}

  @Handle(operations.listManifests)
  list(input: InputOf<typeof operations.listManifests>): Promise<OutputOf<typeof operations.listManifests>> {
    return this.manifests.list(input);
  }

  @Handle(operations.getManifest)
  get(input: InputOf<typeof operations.getManifest>): Promise<AnsweredFileData> {
    return this.manifests.one(input);
  }

  @Handle(operations.downloadManifests)
  download(input: InputOf<typeof operations.downloadManifests>): Promise<AnsweredFileData> {
    return this.manifests.all(input);
  }
}
