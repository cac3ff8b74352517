import { get } from 'node:http';

/** True when the URL answers 2xx within two seconds. */
export function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const call = get(url, { timeout: 2_000 }, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      resolve(status >= 200 && status < 300);
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(false));
  });
}
