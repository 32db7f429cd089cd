import { type ModelId, modelOf } from '@/lib/catalog/models';
import { type Command, commandNames, type Network, type RunState, stateNames } from '@/lib/runs/status';
import { own, say } from '@/lib/text/sentence';
import { Refused } from '../refused';

/** A command that makes no sense in the run's state; `null` before the first run. */
export function notNow(command: Command, state: RunState | null): Refused {
  const name = commandNames[command];
  const sentence =
    state === null
      ? say('"{command}" is not possible before the first run', { command: name })
      : say('"{command}" is not possible while the run is {state}', {
          command: name,
          state: stateNames[state],
        });
  return new Refused('not-allowed', sentence);
}

/** A command that is for one of two networks, of a model or of a kind that isn't. */
export function notAlone(model: ModelId, command: Command, network: Network): Refused {
  const { label } = modelOf(model);
  const sentence = say("{model} can't {command} its {network} alone", {
    model: label,
    command: own(command),
    network: own(network),
  });
  return new Refused('not-allowed', sentence);
}

/** A run that has taken all the steps it is to take. */
export const allDone = (epochs: number): Refused =>
  new Refused('not-allowed', say('All {epochs} epochs are done. Raise Epochs, and it goes on', { epochs }));
