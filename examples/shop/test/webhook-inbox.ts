import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebhookInbox {
  readonly url: string;
  readonly texts: readonly string[];
  /** Answers with this status until it is called without one. */
  answerWith(status?: number): void;
  stop(): Promise<void>;
}

/** A receiver of messages in Slack's format whose address holds a secret. */
export async function startWebhookInbox(): Promise<WebhookInbox> {
  const texts: string[] = [];
  let status: number | undefined;
  const server = createServer((request, response) => {
    request.toArray().then(
      (chunks: Buffer[]) => {
        if (status === undefined) texts.push(JSON.parse(Buffer.concat(chunks).toString()).text);
        response.writeHead(status ?? 200).end('ok');
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/s3cret-of-the-hook`,
    texts,
    answerWith: (next) => {
      status = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
