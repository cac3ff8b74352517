import type { Recogniser } from '../recogniser.ts';

export const neo4j: Recogniser = {
  type: 'neo4j',
  title: 'Neo4j',
  names: ['neo4j'],
  images: ['neo4j'],
  ports: [
    { name: 'bolt', port: 7687, schemes: ['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc'] },
    { name: 'http', port: 7474, schemes: ['http'] },
    { name: 'https', port: 7473, schemes: ['https'] },
    { name: 'backup', port: 6362, use: 'inner' },
  ],
  portNames: ['bolt'],
  distinctivePort: true,
  scheme: 'bolt',
  schemes: ['bolt', 'neo4j'],
  credentials: { user: [], password: ['NEO4J_AUTH'] },
};
