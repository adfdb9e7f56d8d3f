package io.strowger.phone;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One call of a phone. Methods may be called from any thread; those that act return at once.
public final class PhoneCall {
    /// Where a call stands.
    public enum State {
        CALLING,
        RINGING,
        ANSWERED,
        ENDED
    }

    /// What can be done with a call, on the signalling thread.
    interface Actions {
        /// Runs a task on that thread. Any thread.
        void submit(Runnable task);

        void answer(PhoneCall call);

        void reject(PhoneCall call, int status);

        void hangUp(PhoneCall call);

        void hold(PhoneCall call, boolean on);
    }

    private final Actions loop;
    final Dialog dialog;
    private State state;
    private String endReason = "";
    private int endStatus;
    private final StringBuilder keys = new StringBuilder();
    private @Nullable MediaStream media;

    PhoneCall(Actions loop, Dialog dialog, State state) {
        this.loop = loop;
        this.dialog = dialog;
        this.state = state;
    }

    /// The SIP Call-ID.
    public String sipCallId() {
        return dialog.callId;
    }

    /// A header of the INVITE that came in.
    public Optional<String> inviteHeader(String name) {
        SipMessage invite = dialog.invite;
        return invite == null || !dialog.incoming ? Optional.empty() : invite.header(name);
    }

    public synchronized State state() {
        return state;
    }

    /// Why it ended; empty before.
    public synchronized String endReason() {
        return endReason;
    }

    /// The SIP status it ended with: 200 after a BYE, 300..699 when refused, 487 when cancelled,
    /// 408 when nobody answered at all.
    public synchronized int endStatus() {
        return endStatus;
    }

    /// The keys that the far end pressed so far.
    public synchronized String keysHeard() {
        return keys.toString();
    }

    /// What was heard so far, 8 kHz mono, silence where packets were missing; at most ten minutes.
    public short[] heard() {
        MediaStream stream = media();
        return stream == null ? new short[0] : stream.heard();
    }

    /// RTP packets that came so far.
    public long packetsReceived() {
        MediaStream stream = media();
        return stream == null ? 0 : stream.packetsReceived();
    }

    /// RTP packets that came with a wrong tag, where SRTP is agreed.
    public long packetsForged() {
        MediaStream stream = media();
        return stream == null ? 0 : stream.packetsForged();
    }

    /// Where its RTP goes to; 0: nowhere yet.
    public int mediaPeerPort() {
        MediaStream stream = media();
        return stream == null ? 0 : stream.peerPort();
    }

    /// Whether the last packet came from where its own packets go: not while another has taken over
    /// who could not say so yet.
    public boolean hearsItsPeer() {
        MediaStream stream = media();
        return stream != null && stream.hearsItsPeer();
    }

    /// Whether SRTP is agreed.
    public boolean isSecure() {
        MediaStream stream = media();
        return stream != null && stream.isSecure();
    }

    /// The longest time between two RTP packets since the last time this was asked, to 20 ms.
    public Duration takeLongestGap() {
        MediaStream stream = media();
        return stream == null ? Duration.ZERO : Duration.ofNanos(stream.takeLongestGapNs());
    }

    /// The longest time between two packets with sound in them since the last time this was asked,
    /// to 20 ms; what has not ended yet does not count.
    public Duration takeLongestSilence() {
        MediaStream stream = media();
        return stream == null ? Duration.ZERO : Duration.ofNanos(stream.takeLongestSilenceNs());
    }

    public void answer() {
        loop.submit(() -> loop.answer(this));
    }

    /// @param status 300..699
    public void reject(int status) {
        loop.submit(() -> loop.reject(this, status));
    }

    /// CANCEL while it rings, BYE after.
    public void hangUp() {
        loop.submit(() -> loop.hangUp(this));
    }

    /// Re-INVITE with `sendonly` (hold) or `sendrecv` (resume).
    public void hold(boolean on) {
        loop.submit(() -> loop.hold(this, on));
    }

    /// Presses keys, 200 ms each.
    public void press(String digits) {
        MediaStream stream = media();
        if (stream != null) {
            stream.press(digits);
        }
    }

    /// Says this from now on, in place of what it said.
    public void say(PhoneSettings.Speech speech) {
        MediaStream stream = media();
        if (stream != null) {
            stream.say(speech);
        }
    }

    /// Its RTP stops in both directions without a word, as if the network were gone.
    public void loseMedia() {
        MediaStream stream = media();
        if (stream != null) {
            stream.close();
        }
    }

    /// Waits until `condition` holds.
    ///
    /// @return whether it came true in time
    public synchronized boolean await(Predicate<PhoneCall> condition, Duration deadline)
            throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.test(this)) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return false;
            }
            wait(Math.min(leftMs, 50));
        }
        return true;
    }

    public boolean awaitState(State wanted, Duration deadline) throws InterruptedException {
        return await(call -> call.state() == wanted, deadline);
    }

    synchronized @Nullable MediaStream media() {
        return media;
    }

    synchronized void media(MediaStream stream) {
        media = stream;
    }

    synchronized void state(State next) {
        state = next;
        notifyAll();
    }

    synchronized void ended(int status, String reason) {
        state = State.ENDED;
        endStatus = status;
        endReason = reason;
        notifyAll();
    }

    synchronized void keyHeard(char key) {
        keys.append(key);
        notifyAll();
    }
}
