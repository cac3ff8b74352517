import pg from 'pg';

/** What a statement may carry; an object is turned into JSON by whoever writes it. */
export type Parameter = string | number | bigint | boolean | Date | null | readonly (string | number)[];

/** A statement, or a part of one: texts with a parameter between each two of them. */
export class Sql {
  readonly #texts: readonly string[];
  readonly #parameters: readonly Parameter[];

  constructor(texts: readonly string[], parts: readonly (Parameter | Sql)[]) {
    const [first = '', ...rest] = texts;
    const flat = [first];
    const parameters: Parameter[] = [];
    const append = (text: string): void => {
      flat.push(`${flat.pop() ?? ''}${text}`);
    };
    parts.forEach((part, index) => {
      const after = rest[index] ?? '';
      if (!(part instanceof Sql)) {
        parameters.push(part);
        flat.push(after);
        return;
      }
      const [start = '', ...others] = part.#texts;
      append(start);
      flat.push(...others);
      parameters.push(...part.#parameters);
      append(after);
    });
    this.#texts = flat;
    this.#parameters = parameters;
  }

  /** As the driver takes it: `$1` where the first parameter goes. */
  get query(): { readonly text: string; readonly values: Parameter[] } {
    const text = this.#texts.reduce((before, after, index) => `${before}$${String(index)}${after}`);
    return { text, values: [...this.#parameters] };
  }
}

/** Whatever stands in `${}` becomes a parameter, or a part of the statement where it is one itself. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Parameter | Sql)[]): Sql {
  return new Sql(texts, parts);
}

export const noSql = sql``;

export function joinSql(parts: readonly Sql[], separator = ', '): Sql {
  if (parts.length === 0) return noSql;
  return new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);
}

/** A quoted name, with its schema before it where that is told. */
export function identifier(...path: readonly string[]): Sql {
  return new Sql([path.map((name) => pg.escapeIdentifier(name)).join('.')], []);
}
