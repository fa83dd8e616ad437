import { createServer } from 'node:http';

/** Stands in for the payment provider that the shop calls: answers every payment within 2 to 10 ms. */
export function startPaymentProvider() {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => setTimeout(() => response.end('{}'), 2 + Math.random() * 8));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({
        address: `http://127.0.0.1:${server.address().port}/payments`,
        stop() {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
