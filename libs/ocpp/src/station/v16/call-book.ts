/** Who sent a CALL: the station machine under its own id, or the sender of the queue. */
export type CallOwner = { readonly of: 'station'; readonly id: string } | { readonly of: 'sender' };

/** Which message id belongs to whom, for as long as the CALL has no outcome. */
export class CallBook {
  readonly #owners = new Map<string, CallOwner>();
  readonly #messageIds = new Map<string, string>();

  add(messageId: string, owner: CallOwner): void {
    this.#owners.set(messageId, owner);
    if (owner.of === 'station') this.#messageIds.set(owner.id, messageId);
  }

  messageIdOf(stationId: string): string | undefined {
    return this.#messageIds.get(stationId);
  }

  /** The owner of a CALL that has its outcome. */
  take(messageId: string): CallOwner | undefined {
    const owner = this.#owners.get(messageId);
    this.#owners.delete(messageId);
    if (owner?.of === 'station') this.#messageIds.delete(owner.id);
    return owner;
  }
}
