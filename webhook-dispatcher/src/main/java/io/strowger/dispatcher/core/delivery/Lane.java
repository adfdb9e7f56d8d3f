package io.strowger.dispatcher.core.delivery;

import java.util.ArrayDeque;

/// The unfinished events of one connection and receiver URI, oldest first. Only the first is ever
/// tried.
final class Lane {
    /// Where a lane is.
    enum State {
        /// Nothing to do.
        IDLE,
        /// In the queue of its server.
        READY,
        /// Until its first event is due.
        WAITING,
        /// Its first event is being posted, read back or buried; holds a place at its server.
        BUSY,
        /// The partition was given away.
        GONE
    }

    final LaneKey key;
    final OwnedPartition partition;
    final Server server;
    final ArrayDeque<Delivery> queue = new ArrayDeque<>();
    State state = State.IDLE;

    /// Everything of this lane up to this offset of `call.events` is finished or in `queue`.
    long knownThrough = -1;

    Lane(LaneKey key, OwnedPartition partition, Server server) {
        this.key = key;
        this.partition = partition;
        this.server = server;
    }
}
