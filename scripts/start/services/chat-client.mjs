const patienceMs = 60_000;

/** A customer's socket to the chat: says, and remembers what it heard. */
export function openChat(origin, token) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/chat`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const heard = [];
  const waiting = new Set();
  socket.addEventListener('message', ({ data }) => {
    heard.push(data);
    for (const look of waiting) look();
  });
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () =>
      reject(new Error(`Expected the chat to take the socket, got an error`)),
    );
    socket.addEventListener('open', () =>
      resolve({
        texts: heard,
        say: (text) => socket.send(text),
        /** Fulfilled when such a text was heard, already or later. */
        heard: (wanted) =>
          new Promise((found, late) => {
            const look = () => {
              if (!heard.some(wanted)) return;
              clearTimeout(timer);
              waiting.delete(look);
              found();
            };
            const timer = setTimeout(() => {
              waiting.delete(look);
              late(new Error(`Expected to hear of it in the chat within ${patienceMs / 1_000} s`));
            }, patienceMs);
            waiting.add(look);
            look();
          }),
        close: () => {
          socket.close();
          return closed;
        },
      }),
    );
  });
}
