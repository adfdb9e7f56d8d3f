package io.strowger.media.telephoneevent;

/// Plans the packets of one key press (RFC 4733 2.5.1.2 to 2.5.1.4): one every 20 ms with growing
/// duration while the key is held, then three end packets. For one thread.
public final class DtmfSender {
    private static final int TICKS_OF_A_FRAME = 160;
    private static final int END_PACKETS = 3;
    private final int eventCode;
    private final int frames;
    private int sent;

    /// @param eventCode 0..15
    /// @param durationMs how long the key is held, 40..8000 ms
    public DtmfSender(int eventCode, int durationMs) {
        this.eventCode = eventCode;
        this.frames = Math.max(2, durationMs / 20);
    }

    public boolean finished() {
        return sent >= frames + END_PACKETS;
    }

    public int eventCode() {
        return eventCode;
    }

    /// Whether the next packet is the first: it bears the marker bit.
    public boolean first() {
        return sent == 0;
    }

    /// Whether the next packet says that the key was let go.
    public boolean end() {
        return sent >= frames;
    }

    /// Duration that the next packet states, in ticks of 1/8000 s.
    public int durationTicks() {
        return Math.min(sent + 1, frames) * TICKS_OF_A_FRAME;
    }

    /// The next packet was sent; call once every 20 ms.
    public void advance() {
        sent++;
    }
}
