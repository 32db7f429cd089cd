import { WebSocket as Transport } from 'socket.io-client';

/** A WebSocket to the server: at first the one that `lineScript` has opened, if it still stands. */
export class Line extends Transport {
  override createSocket(...asked: Parameters<Transport['createSocket']>): WebSocket {
    const early = window.earlyLine;
    delete window.earlyLine;
    if (!early || early.socket.readyState > WebSocket.OPEN) return super.createSocket(...asked);
    // Once it is listened to.
    queueMicrotask(() => {
      if (early.socket.readyState === WebSocket.OPEN) this.onOpen();
      for (const data of early.heard) this.onData(data);
    });
    return early.socket;
  }
}
