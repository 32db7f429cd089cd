import { LoaderCircle } from 'lucide-react';

/** A ring that shows once an answer takes longer than one would notice; its place is kept. */
export function BusyRing({ isBusy }: { isBusy: boolean }) {
  return (
    <LoaderCircle
      aria-hidden
      size={14}
      className={isBusy ? 'animate-spin opacity-100 transition-opacity delay-100 duration-150' : 'opacity-0'}
    />
  );
}
