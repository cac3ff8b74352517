import { describe, expect, it } from '@jest/globals';
import { LineRing } from './line-ring.ts';

const line = (text: string, pod = 'web-1') => ({
  source: 1,
  time: '2026-01-01T00:00:00.000000000Z',
  text,
  from: { source: 1, service: 'web', pod, container: 'web', kind: 'main' as const },
});

describe('the lines that the page holds', () => {
  it('are the last ones of all that were received, and never many more', () => {
    const ring = new LineRing(100);
    for (let at = 1; at <= 1_000; at++) ring.push([line(String(at))]);
    const shown = ring.newest();
    expect(shown).toHaveLength(100);
    expect(shown.map(({ text }) => Number(text))).toEqual(Array.from({ length: 100 }, (_, index) => 901 + index));
    expect(new Set(shown.map(({ number }) => number)).size).toBe(100);
  });

  it('have no colours of a terminal, one of the page for each pod, and no more length than a browser takes', () => {
    const ring = new LineRing();
    ring.push([line('\u001b[31mred\u001b[0m'), line('x'.repeat(30_000), 'web-2'), line('again')]);
    const [red, long, again] = ring.newest();
    expect(red?.text).toBe('red');
    expect(long?.text).toMatch(/^x{20000} … 10000 more$/);
    expect(again?.hue).toBe(red?.hue);
    expect(long?.hue).not.toBe(red?.hue);
  });
});
