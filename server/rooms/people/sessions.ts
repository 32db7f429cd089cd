import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a session proves: this page is that Yjs client, and last had that colour. */
export interface Session {
  readonly client: number;
  readonly color: number;
}

/**
 * Sessions without a table: a token is `client.color.signature`, signed for one playground with the
 * server's key, so that a page goes on as the same Yjs client after the server was restarted.
 */
export class Sessions {
  constructor(private readonly key: Uint8Array) {}

  issue(playground: string, { client, color }: Session): string {
    return `${client}.${color}.${this.sign(playground, client, color)}`;
  }

  /** Null for a token that this server didn't issue for this playground. */
  read(playground: string, token: string): Session | null {
    const [, client, color, signature] = /^(\d{1,10})\.(\d{1,2})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
    if (!client || !color || !signature) return null;
    const expected = Buffer.from(this.sign(playground, Number(client), Number(color)));
    if (!timingSafeEqual(expected, Buffer.from(signature))) return null;
    return { client: Number(client), color: Number(color) };
  }

  private sign(playground: string, client: number, color: number): string {
    return createHmac('sha256', this.key).update(`${playground}|${client}|${color}`).digest('base64url');
  }
}
