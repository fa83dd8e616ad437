// AWS SDK 3: an object of S3 asked for in a request, of a stand-in for S3 in this process.
import { createServer } from 'node:http';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setTenant } from '@bellwether/meters';

const listen = (server) =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
const storage = createServer((_request, response) => response.end('an object'));
const client = new S3Client({
  endpoint: await listen(storage),
  region: 'eu-central-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const server = createServer(async (_request, response) => {
  setTenant('acme');
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'invoices', Key: '1' }));
  response.end(await Body.transformToString());
});
console.log(await (await fetch(await listen(server))).text());
client.destroy();
for (const each of [server, storage]) each.close().closeAllConnections();
