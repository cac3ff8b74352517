/**
 * A deployment that would wait for others which no worker has in hand: it gives its place back, or it might be the very
 * place they need.
 */
export class GivesWay extends Error {
  override readonly name = 'GivesWay';
  readonly services: readonly string[];

  constructor(services: readonly string[]) {
    super(`Waits until the deployment of ${services.join(', ')} has begun`);
    this.services = services;
  }
}
