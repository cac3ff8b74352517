import { Inject, Injectable } from '@nestjs/common';
import {
  clusterOf,
  type FoundImageData,
  type ImageRule,
  type InputOf,
  type operations,
  type OutputOf,
} from '@ushadow/contracts';
import { AddressPolicy } from '@ushadow/outbound';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { findStack, revisionWith } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { PullSecrets } from '../updates/pull-secrets.ts';
import { newestTag } from './choose-tag.ts';
import { imageText, readImageName, type ImageName } from './image-name.ts';
import { RegistryClient, RegistryError } from './registry-client.ts';

type Operation = typeof operations.checkImages;

interface Wanted {
  readonly service: string;
  readonly image: string;
  readonly rule: ImageRule;
  readonly tag: string | undefined;
}

/** Registries asked at once for one request. */
const AT_ONCE = 8;

/** Says which newer images there are for the services of a stack, and why there is none. */
@Injectable()
export class CheckImages {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly pullSecrets: PullSecrets,
    private readonly policy: AddressPolicy,
    private readonly redactor: Redactor,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { rule, tags = {} } = input;
    const stack = await findStack(input.stack_id, this.stacks);
    const { content } = await revisionWith(stack, input.services, this.contents);
    const services = input.services ?? Object.keys(content.services).sort();
    const images: FoundImageData[] = [];
    const wanted = services.flatMap((service): Wanted[] => {
      const image = content.services[service]?.image ?? null;
      return image === null ? [] : [{ service, image, rule, tag: tags[service] }];
    });
    for (let from = 0; from < wanted.length; from += AT_ONCE)
      images.push(
        ...(await Promise.all(
          wanted.slice(from, from + AT_ONCE).map((each) => this.look(clusterOf(stack.target), each)),
        )),
      );
    return { images };
  }

  private async look(clusterId: string, wanted: Wanted): Promise<FoundImageData> {
    const { service, image } = wanted;
    try {
      return { service, image, ...(await this.find(clusterId, wanted)) };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      return { service, image, found: null, reason: this.redactor.text(error.message) };
    }
  }

  private async find(
    clusterId: string,
    { image, rule, tag: asked }: Wanted,
  ): Promise<Pick<FoundImageData, 'found' | 'reason'>> {
    const name = readImageName(image);
    if (name === undefined) return none('no registry can be asked for an image of that name');
    const tag = name.tag ?? (name.digest === undefined ? 'latest' : undefined);
    if (asked === undefined && tag === undefined)
      return none('it is pinned by its digest alone: no tag says what is newer');
    const login = await this.pullSecrets.credentialFor(clusterId, image);
    if (login !== undefined) this.redactor.add(login.password);
    const { policy, config } = this;
    const client = new RegistryClient(name, login, { policy, plaintext: config.REGISTRIES_PLAINTEXT });
    const now = tag ?? asked ?? 'latest';
    const newest = asked ?? (rule === 'digest' ? now : newestTag(now, await client.tags(), rule));
    if (newest === undefined)
      return none(`its tag ${now} is no version: --rule digest looks at what it means now, --tag names another one`);
    const digest = await client.digest(newest);
    return verdictOf({ name, now, newest, digest, rule, isAsked: asked !== undefined });
  }
}

interface Seen {
  readonly name: ImageName;
  readonly now: string;
  readonly newest: string;
  readonly digest: string;
  readonly rule: ImageRule;
  readonly isAsked: boolean;
}

/** What is to be said of the newest tag, or of what a tag means now. */
function verdictOf({ name, now, newest, digest, rule, isAsked }: Seen): Pick<FoundImageData, 'found' | 'reason'> {
  const found = imageText(name, newest, digest);
  if (newest !== now) return { found, reason: `${newest} is ${isAsked ? 'there' : `newer than ${now}`}` };
  if (name.digest === digest) return none(`${now} is the newest by the rule ${rule}, and what it runs`);
  const reason =
    name.digest === undefined ? `${now} is pinned to what it means now` : `${now} means something newer now`;
  return { found, reason };
}

function none(reason: string): Pick<FoundImageData, 'found' | 'reason'> {
  return { found: null, reason };
}
