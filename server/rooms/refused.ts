import type { Person, Refusal, RefusalCode } from '@/lib/protocol/messages';

/** A person asked for something that can't be; `message` tells them what and why. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: RefusalCode,
    message: string,
    /** Of `held`. */
    readonly held?: Refusal['held'],
  ) {
    super(message);
  }

  /** Somebody else holds the control. */
  static held(control: string, { name, client }: Person): Refused {
    const message = `${name} holds this now. It is free once they let go`;
    return new Refused('held', message, { control, by: client });
  }

  get refusal(): Refusal {
    const { code, message, held } = this;
    return { code, message, held };
  }
}

/** The room was unloaded between being found and being entered: find it again. */
export class RoomClosed extends Error {
  override readonly name = 'RoomClosed';
}
