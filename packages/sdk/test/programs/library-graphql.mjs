// GraphQL in a request: what its instrumentation sees of a query with a variable, by `import` or `require`.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { setTenant } from '@bellwether/meters';

const library =
  process.env.WAY === 'require'
    ? createRequire(import.meta.url)('graphql')
    : await import('graphql');
const schema = library.buildSchema(
  'type Query { user(id: ID!): User } type User { id: ID, name: String }',
);
const server = createServer(async (_request, response) => {
  setTenant('acme');
  const answer = await library.graphql({
    schema,
    source: 'query One($id: ID!) { user(id: $id) { id name } }',
    variableValues: { id: '1' },
    rootValue: { user: ({ id }) => ({ id, name: async () => 'a name' }) },
  });
  response.end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', async () => {
  console.log(await (await fetch(`http://127.0.0.1:${server.address().port}`)).text());
  server.close();
});
