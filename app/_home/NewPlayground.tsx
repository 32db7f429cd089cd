import { Say } from '@/app/_ui/Say';
import { addressOf } from '@/lib/address';

/** A plain form, so that it works before (and without) any script: the server answers with the new room. */
export function NewPlayground() {
  return (
    <form method="post" action={addressOf('/api/playgrounds')}>
      <button
        type="submit"
        className="h-12 rounded-xl bg-ink px-6 text-base font-semibold text-paper transition-colors duration-150 hover:bg-ink/85"
      >
        <Say text="New playground" />
      </button>
    </form>
  );
}
