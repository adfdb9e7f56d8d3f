package io.strowger.worker.core.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/// The highest nonce count of each nonce that proved somebody, so that nothing is taken twice (RFC
/// 7616 3.4). Bounded: when it is full the oldest nonce is forgotten, and with it every nonce that
/// is as old or older becomes stale; a phone with one of those is asked once more. Only those who
/// know a password can fill it. Safe for use by many threads.
final class NonceCounts {
    private final int capacity;
    private final long lifetimeMillis;
    private final Map<String, Integer> highest = new HashMap<>();
    private final PriorityQueue<Used> byAge = new PriorityQueue<>();
    private long forgottenUpToMillis = Long.MIN_VALUE;

    private record Used(long madeAtMillis, String nonce) implements Comparable<Used> {
        @Override
        public int compareTo(Used other) {
            return Long.compare(madeAtMillis, other.madeAtMillis);
        }
    }

    NonceCounts(int capacity, long lifetimeMillis) {
        this.capacity = capacity;
        this.lifetimeMillis = lifetimeMillis;
    }

    /// Takes one use of a nonce that is not expired.
    ///
    /// @return false when the count was taken before, or may have been
    synchronized boolean take(String nonce, long madeAtMillis, int count, long nowMillis) {
        for (Used oldest = byAge.peek();
                oldest != null && nowMillis - oldest.madeAtMillis() > lifetimeMillis;
                oldest = byAge.peek()) {
            forget(byAge.remove());
        }
        Integer last = highest.get(nonce);
        if (last == null && madeAtMillis <= forgottenUpToMillis || last != null && count <= last) {
            return false;
        }
        if (last == null) {
            if (highest.size() == capacity) {
                forget(byAge.remove());
                if (madeAtMillis <= forgottenUpToMillis) {
                    return false;
                }
            }
            byAge.add(new Used(madeAtMillis, nonce));
        }
        highest.put(nonce, count);
        return true;
    }

    private void forget(Used used) {
        highest.remove(used.nonce());
        forgottenUpToMillis = Math.max(forgottenUpToMillis, used.madeAtMillis());
    }

    synchronized int size() {
        return highest.size();
    }
}
