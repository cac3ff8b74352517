import { describe, expect, it } from '@jest/globals';
import { ServerAddresses } from './server-addresses.ts';

describe('the addresses of a server', () => {
  it('are tried from the one that answered last', () => {
    const addresses = new ServerAddresses(['a', 'b', 'c']);
    addresses.answered('c');
    expect(addresses.inOrder).toEqual(['c', 'a', 'b']);
  });

  it('never hold one that was not handed in, even when it answers', () => {
    const addresses = new ServerAddresses(['a']);
    addresses.answered('x');
    expect(addresses.inOrder).toEqual(['a']);
  });

  it('are never none once there were some', () => {
    const addresses = new ServerAddresses(['a']);
    expect(addresses.moveTo([])).toBe(false);
    expect(addresses.inOrder).toEqual(['a']);
  });

  it('keep the connection while its address stays, in whatever order they come', () => {
    const addresses = new ServerAddresses(['a', 'b']);
    expect(addresses.moveTo(['b', 'a'])).toBe(false);
    expect(addresses.inOrder).toEqual(['a', 'b']);
    expect(addresses.moveTo(['c', 'b'])).toBe(true);
    expect(addresses.inOrder).toEqual(['c', 'b']);
    expect(addresses.moveTo(['c', 'b'])).toBe(false);
  });

  it('are asked for once by all who wait, and kept when there is no answer', async () => {
    let asked = 0;
    const answers = [Promise.resolve(['b']), Promise.reject(new Error('away'))];
    const addresses = new ServerAddresses(['a'], () => answers[asked++] ?? Promise.resolve([]));
    expect(await Promise.all([addresses.askAgain(), addresses.askAgain()])).toEqual([['b'], ['b']]);
    expect(await addresses.askAgain()).toEqual(['b']);
    expect(asked).toBe(2);
  });
});
