/** Tells when nothing has been needed for a while. */
export class IdleWatch {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly ms: number,
    private readonly isIdle: () => boolean,
    private readonly act: () => void,
  ) {}

  /** The while begins anew if nothing is needed now. */
  restart(): void {
    this.stop();
    if (this.isIdle()) this.timer = setTimeout(this.act, this.ms);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
