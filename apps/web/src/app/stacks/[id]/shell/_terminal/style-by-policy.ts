/**
 * The page's policy refuses style elements without its nonce, and styles that are set as text; a terminal makes both, by the
 * page's own document. From here until what is answered is called, that document makes elements for which neither is so.
 */
export function styleByPolicy(page: Document): () => void {
  const nonce = page.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const createElement = (tag: string, options?: ElementCreationOptions): HTMLElement => {
    const element = Document.prototype.createElement.call(page, tag, options);
    if (tag === 'style') element.nonce = nonce;
    // Of its colours there are millions: they are set on each piece of text.
    if (tag === 'span') element.setAttribute = setAttribute;
    return element;
  };
  Object.assign(page, { createElement });
  return () => {
    Reflect.deleteProperty(page, 'createElement');
  };
}

function setAttribute(this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
}
