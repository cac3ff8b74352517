import { pathParameters, type ByteStreamDefinition } from '@ushadow/contracts';
import { Declares } from '../access/declares.ts';

/** What a stream asks of who opens it, by the path and the query that it is asked with. */
export function DeclaresStream({ access, input, path }: ByteStreamDefinition) {
  return Declares({
    access,
    read: ({ params, query: { after: _seen, ...query } }) => {
      const inPath = Object.fromEntries(pathParameters(path).map((name) => [name, params[name]]));
      return input.safeParse({ ...query, ...inPath }).data;
    },
  });
}
