package io.strowger.media.telephoneevent;

/// Turns event packets into key presses: one press for each (ssrc, timestamp), told at its first
/// packet, whichever that is. Tolerates lost first packets (and with them the marker bit), lost end
/// packets, repeats and reordering. For one thread; allocates nothing.
public final class DtmfReceiver {
    /// What [#received] answers when the packet belongs to a press already told.
    public static final int NOTHING = -1;

    private static final int REMEMBERED = 8;
    private final long[] told = new long[REMEMBERED];
    private int count;

    /// @param rtpTimestamp of the packet: the start of the press
    /// @param eventCode 0..255
    /// @return the event code of a new press, 0..15, or [#NOTHING]
    public int received(int ssrc, long rtpTimestamp, int eventCode) {
        return eventCode <= TelephoneEvent.HIGHEST_KEY && begins(press(ssrc, rtpTimestamp))
                ? eventCode
                : NOTHING;
    }

    /// What stands for a press, wherever it is heard.
    public static long press(int ssrc, long rtpTimestamp) {
        return (long) ssrc << 32 | rtpTimestamp & 0xFFFF_FFFFL;
    }

    /// Whether a press is new, also one that somebody else heard. It is told from now on.
    public boolean begins(long press) {
        for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
            if (told[i] == press) {
                return false;
            }
        }
        told[count % REMEMBERED] = press;
        count = count == Integer.MAX_VALUE - REMEMBERED ? REMEMBERED : count + 1;
        return true;
    }
}
