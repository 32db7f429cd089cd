import { addressOf } from '@/lib/address';

/** A line to the server, and what has come by it. */
export interface EarlyLine {
  readonly socket: WebSocket;
  readonly heard: readonly (string | ArrayBuffer)[];
}

declare global {
  interface Window {
    earlyLine?: EarlyLine;
  }
}

/**
 * Runs as soon as a playground's page begins to arrive: opens the line to the server, which takes as long as several
 * messages, while the page's scripts are still on their way. `Line` takes it over.
 */
export const lineScript = `(() => {
  const address = new URL('${addressOf('/socket.io/')}?EIO=4&transport=websocket', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  const heard = [];
  // Engine.IO's ping and its answer: an unanswered one would end the line.
  socket.onmessage = ({ data }) => (data === '2' ? socket.send('3') : heard.push(data));
  window.earlyLine = { socket, heard };
})()`;
