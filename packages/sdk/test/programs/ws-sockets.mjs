import { WebSocket, WebSocketServer } from 'ws';
import { run } from './ws-scenario.cjs';

await run({ WebSocket, WebSocketServer });
