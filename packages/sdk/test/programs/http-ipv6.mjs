// Calls an IPv6 address at which nobody listens, by every client.
import { once } from 'node:events';
import http from 'node:http';
import undici from 'undici';

const url = 'http://[::1]:2/';
await fetch(url).catch(() => {});
await undici.request(url).catch(() => {});
await once(http.get(url), 'error');
