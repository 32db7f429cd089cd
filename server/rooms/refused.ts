import type { Refusal, RefusalCode } from '@/lib/protocol/messages';

/** A person asked for something that can't be; `message` tells them what and why. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }

  get refusal(): Refusal {
    return { code: this.code, message: this.message };
  }
}

/** The room was unloaded between being found and being entered: find it again. */
export class RoomClosed extends Error {
  override readonly name = 'RoomClosed';
}
