/**
 * The document as the terminal is given it: style elements that it makes carry the page's nonce, without which the page's
 * policy has the browser ignore them.
 */
export function styledDocument(page: Document): Document {
  const nonce = page.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  return new Proxy(page, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'createElement')
        return (tag: string) => {
          const element = target.createElement(tag);
          if (tag === 'style') element.nonce = nonce;
          return element;
        };
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
}
