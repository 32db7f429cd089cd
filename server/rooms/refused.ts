import { limits } from '@/lib/protocol/limits';
import type { Person, Refusal, RefusalCode } from '@/lib/protocol/messages';
import { own, type Sentence, SentenceError, say } from '@/lib/text/sentence';

/** A refusal of what a person asked for; says to them what and why. */
export class Refused extends SentenceError {
  override readonly name = 'Refused';

  constructor(
    readonly code: RefusalCode,
    sentence: Sentence,
    /** Of `held`. */
    readonly held?: Refusal['held'],
  ) {
    super(sentence);
  }

  /** Somebody else holds the control. */
  static held(control: string, { name, client }: Person): Refused {
    const sentence = say('{name} holds this now. It is free once they let go', { name: own(name) });
    return new Refused('held', sentence, { control, by: client });
  }

  /** No further page has room here. */
  static full(): Refused {
    const people = limits.peoplePerRoom;
    return new Refused('room-full', say('This playground is full: {people} people are here', { people }));
  }

  get refusal(): Refusal {
    const { code, sentence, held } = this;
    return { code, sentence, held };
  }
}

/** The room was unloaded between being found and being entered: find it again. */
export class RoomClosed extends Error {
  override readonly name = 'RoomClosed';
}
