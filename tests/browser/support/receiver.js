/** A shop's webhook: keeps what it gets, and can be down, or away, for a while. */

import { createServer } from 'node:http';

const HOST = '127.0.0.1';

/** @returns a receiver on a port of its own, on another origin than the shop's pages */
export async function receive() {
  /** What came, as it came. @type {{ body: string, headers: import('node:http').IncomingHttpHeaders, method?: string }[]} */
  const requests = [];
  /** @type {number} */
  let status = 204;
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      if (status < 300) requests.push({ body, headers: request.headers, method: request.method });
      response.writeHead(status, { 'access-control-allow-origin': '*' }).end();
    });
  });
  const listen = (/** @type {number} */ port) => new Promise((done) => void server.listen(port, HOST, () => done(undefined)));
  await listen(0);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () =>
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  return {
    url: `http://${HOST}:${port}/events?shop=1`,
    requests,
    /** All lines so far, one event each. @returns {any[]} */
    events: () => requests.flatMap(({ body }) => body.trim().split('\n').map((line) => JSON.parse(line))),
    /** What came so far, as a file of events. */
    text: () => requests.map(({ body }) => body).join(''),
    /** Answers with this from now on. @param {number} now */
    answer: (now) => void (status = now),
    /** Nobody is there. */
    leave: close,
    /** Somebody is there again, at the same address. */
    comeBack: () => listen(port),
    close,
  };
}
