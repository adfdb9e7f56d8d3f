package io.strowger.media.sdp;

import io.strowger.media.g711.G711;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Offer and answer of one audio stream (RFC 3264) and of its keys (RFC 4568 5): makes an offer,
/// answers one, reads an answer. Bad input gives a value, never an exception.
public final class OfferAnswer {
    private static final int OUR_TELEPHONE_EVENT = 101;
    private static final int DEFAULT_PTIME_MS = 20;

    private OfferAnswer() {}

    /// The outcome of a negotiation.
    public sealed interface Outcome {}

    /// Both sides agree.
    ///
    /// @param localSdp what we say (or said)
    public record Agreed(String localSdp, NegotiatedAudio audio) implements Outcome {}

    /// The description is well-formed, but there is no audio we share: 488 Not Acceptable Here.
    public record NothingInCommon(String reason) implements Outcome {}

    /// Not a session description: 400 Bad Request.
    public record Malformed(String reason) implements Outcome {}

    /// The text of an offer.
    public static String offer(LocalAudio local) {
        StringBuilder text = head(local);
        boolean secure = local.srtp().policy() == SrtpPolicy.REQUIRE;
        text.append("m=audio ").append(local.rtpPort()).append(secure ? " RTP/SAVP" : " RTP/AVP");
        local.codecs().forEach(codec -> text.append(' ').append(staticPayloadType(codec)));
        if (local.telephoneEvent()) {
            text.append(' ').append(OUR_TELEPHONE_EVENT);
        }
        text.append("\r\n");
        local.codecs().forEach(codec -> rtpmap(text, staticPayloadType(codec), codec.name()));
        if (local.telephoneEvent()) {
            telephoneEvent(text, OUR_TELEPHONE_EVENT);
        }
        if (!local.srtp().isOff()) {
            int tag = 0;
            for (SrtpKeys keys : local.srtp().keys()) {
                text.append(CryptoAttribute.line(++tag, keys));
            }
        }
        return tail(text, local.direction());
    }

    /// Answers `offer`: the offerer's first codec that we have, with the offerer's numbers; every
    /// other stream is refused with port 0.
    public static Outcome answer(LocalAudio local, String offer) {
        return switch (SessionDescription.parse(offer)) {
            case SessionDescription.Bad(String reason) -> new Malformed(reason);
            case SessionDescription.Good(SessionDescription description) ->
                    answer(local, description);
        };
    }

    private static Outcome answer(LocalAudio local, SessionDescription offer) {
        AudioStream audio = SecurityChoice.stream(offer, local.srtp());
        if (audio == null) {
            return new NothingInCommon(SecurityChoice.refusal(offer, local.srtp()));
        }
        CryptoAttribute crypto = SecurityChoice.crypto(audio, local.srtp());
        MediaKeys keys =
                crypto == null
                        ? null
                        : new MediaKeys(SecurityChoice.ours(crypto, local.srtp()), crypto.keys());
        G711 codec = firstCommon(audio, local.codecs());
        if (codec == null) {
            return new NothingInCommon("none of the offered codecs is known: PCMU and PCMA are");
        }
        int payloadType = audio.payloadTypeOf(codec);
        int events = local.telephoneEvent() ? audio.telephoneEvent() : -1;
        Direction direction = local.direction().and(audio.direction().reversed());
        StringBuilder text = head(local);
        boolean taken = false;
        for (SessionDescription.Section section : offer.sections()) {
            if (section.audio() == audio && !taken) {
                taken = true;
                accept(text, local, audio.profile(), codec, payloadType, events);
                if (crypto != null && keys != null) {
                    text.append(CryptoAttribute.line(crypto.tag(), keys.ours()));
                }
                text.append("a=ptime:")
                        .append(DEFAULT_PTIME_MS)
                        .append("\r\na=")
                        .append(direction.attribute())
                        .append("\r\n");
            } else {
                refuse(text, section.line());
            }
        }
        NegotiatedAudio agreed =
                new NegotiatedAudio(
                        audio.address(),
                        audio.port(),
                        codec,
                        payloadType,
                        payloadType,
                        events,
                        events,
                        ptime(audio),
                        direction,
                        keys);
        return new Agreed(text.toString(), agreed);
    }

    /// Reads the peer's answer to our offer, or re-reads both sides of a dialog that is carried on.
    ///
    /// @param localSdp what we said last
    /// @param remoteSdp what the peer said last
    public static Outcome read(String localSdp, String remoteSdp) {
        if (!(SessionDescription.parse(localSdp)
                instanceof SessionDescription.Good(SessionDescription localDescription))) {
            return new Malformed("our own description is unreadable");
        }
        AudioStream local = localDescription.audio();
        return switch (SessionDescription.parse(remoteSdp)) {
            case SessionDescription.Bad(String reason) -> new Malformed(reason);
            case SessionDescription.Good(SessionDescription remote) ->
                    agree(localSdp, local, remote.audioBeside(localDescription));
        };
    }

    private static Outcome agree(
            String localSdp, @Nullable AudioStream local, @Nullable AudioStream remote) {
        if (local == null || remote == null || remote.port() == 0) {
            return new NothingInCommon("the audio was refused");
        }
        List<G711> ours =
                java.util.Arrays.stream(G711.values())
                        .filter(codec -> local.payloadTypeOf(codec) >= 0)
                        .toList();
        G711 codec = firstCommon(remote, ours);
        if (codec == null) {
            return new NothingInCommon("the answer names no codec of the offer");
        }
        MediaKeys keys = SecurityChoice.agreed(local, remote);
        if (keys == null && (local.isSecure() || remote.isSecure())) {
            return new NothingInCommon("SRTP without keys that both sides have");
        }
        boolean events = local.telephoneEvent() >= 0 && remote.telephoneEvent() >= 0;
        return new Agreed(
                localSdp,
                new NegotiatedAudio(
                        remote.address(),
                        remote.port(),
                        codec,
                        remote.payloadTypeOf(codec),
                        local.payloadTypeOf(codec),
                        events ? remote.telephoneEvent() : -1,
                        events ? local.telephoneEvent() : -1,
                        ptime(remote),
                        local.direction().and(remote.direction().reversed()),
                        keys));
    }

    /// Whether a dialog with these descriptions is protected: both sides named keys.
    public static boolean isSecure(String localSdp, String remoteSdp) {
        return hasKeys(localSdp) && hasKeys(remoteSdp);
    }

    private static boolean hasKeys(String sdp) {
        return SessionDescription.parse(sdp)
                        instanceof SessionDescription.Good(SessionDescription description)
                && description.audio() != null
                && !description.audio().cryptos().isEmpty();
    }

    private static @Nullable G711 firstCommon(AudioStream remote, List<G711> ours) {
        for (int payloadType : remote.payloadTypes()) {
            for (G711 codec : ours) {
                if ((codec.name() + "/8000").equals(remote.encodings().get(payloadType))) {
                    return codec;
                }
            }
        }
        return null;
    }

    private static int ptime(AudioStream remote) {
        return remote.ptimeMs() == 0 ? DEFAULT_PTIME_MS : Math.clamp(remote.ptimeMs(), 10, 60);
    }

    private static int staticPayloadType(G711 codec) {
        return switch (codec) {
            case PCMU -> 0;
            case PCMA -> 8;
        };
    }

    private static StringBuilder head(LocalAudio local) {
        String family = local.address().indexOf(':') >= 0 ? " IN IP6 " : " IN IP4 ";
        return new StringBuilder(400)
                .append("v=0\r\no=strowger ")
                .append(local.sessionId())
                .append(' ')
                .append(local.sessionVersion())
                .append(family)
                .append(local.address())
                .append("\r\ns=-\r\nc=")
                .append(family.strip())
                .append(' ')
                .append(local.address())
                .append("\r\nt=0 0\r\n");
    }

    private static void accept(
            StringBuilder text,
            LocalAudio local,
            String profile,
            G711 codec,
            int payloadType,
            int events) {
        text.append("m=audio ")
                .append(local.rtpPort())
                .append(' ')
                .append(profile)
                .append(' ')
                .append(payloadType);
        if (events >= 0) {
            text.append(' ').append(events);
        }
        text.append("\r\n");
        rtpmap(text, payloadType, codec.name());
        if (events >= 0) {
            telephoneEvent(text, events);
        }
    }

    private static void refuse(StringBuilder text, String mediaLine) {
        String[] parts = mediaLine.strip().split("\\s+", 3);
        text.append("m=").append(parts[0]).append(" 0 ").append(parts[2]).append("\r\n");
    }

    private static void rtpmap(StringBuilder text, int payloadType, String encoding) {
        text.append("a=rtpmap:")
                .append(payloadType)
                .append(' ')
                .append(encoding)
                .append("/8000\r\n");
    }

    private static void telephoneEvent(StringBuilder text, int payloadType) {
        rtpmap(text, payloadType, "telephone-event");
        text.append("a=fmtp:").append(payloadType).append(" 0-15\r\n");
    }

    private static String tail(StringBuilder text, Direction direction) {
        return text.append("a=ptime:")
                .append(DEFAULT_PTIME_MS)
                .append("\r\na=")
                .append(direction.attribute())
                .append("\r\n")
                .toString();
    }
}
