/** Runs tasks one after the other, in the order they came; a failed task doesn't stop the next. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** Fulfils or rejects as `task` does. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** When all tasks so far have ended. */
  async idle(): Promise<void> {
    await this.last;
  }
}
