// Socket.IO: a connection whose handshake names the tenant, and a message that is answered. TRANSPORT is websocket or polling.
import { createServer } from 'node:http';
import { currentTenant, setTenant } from '@bellwether/meters';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';

const server = createServer();
const sockets = new Server(server);
sockets.use((_socket, next) => {
  setTenant('acme');
  next();
});
sockets.on('connection', (socket) => {
  socket.on('greet', (name, answer) => answer(`hello ${name} of ${currentTenant() ?? 'nobody'}`));
});
server.listen(0, '127.0.0.1', () => {
  const client = io(`http://127.0.0.1:${server.address().port}`, {
    transports: [process.env.TRANSPORT],
  });
  client.emit('greet', 'anna', async (answer) => {
    console.log(answer);
    client.disconnect();
    await sockets.close();
  });
});
