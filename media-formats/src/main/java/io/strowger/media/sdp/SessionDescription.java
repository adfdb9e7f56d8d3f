package io.strowger.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A parsed session description: its `m=` sections in order; those that are not audio over RTP keep
/// their line only, to be refused in an answer.
///
/// @param sections each either an audio stream or the bare `m=` line of something else
record SessionDescription(List<Section> sections) {
    private static final int MAX_CHARS = 16_384;
    private static final int MAX_LINES = 400;

    /// What we repeat of a peer's lines must not end them early.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    /// @param line behind `m=`
    /// @param audio null: not audio over plain RTP
    record Section(String line, @Nullable AudioStream audio) {}

    /// What parsing gave.
    sealed interface Parsed {}

    record Good(SessionDescription description) implements Parsed {}

    record Bad(String reason) implements Parsed {}

    /// The first audio stream that is not refused, else the first, or null.
    @Nullable AudioStream audio() {
        AudioStream refused = null;
        for (Section section : sections) {
            AudioStream audio = section.audio();
            if (audio != null && audio.port() != 0) {
                return audio;
            }
            refused = refused == null ? audio : refused;
        }
        return refused;
    }

    /// The stream at the place where `other` has its own (RFC 3264 6: an answer has the order of
    /// the offer); else the first.
    @Nullable AudioStream audioBeside(SessionDescription other) {
        AudioStream theirs = other.audio();
        for (int i = 0; i < sections.size() && i < other.sections.size(); i++) {
            if (other.sections.get(i).audio() == theirs && sections.get(i).audio() != null) {
                return sections.get(i).audio();
            }
        }
        return audio();
    }

    /// Tolerant of what it does not need, strict about what it does. Never throws.
    static Parsed parse(String text) {
        if (text.length() > MAX_CHARS) {
            return new Bad("a session description of more than " + MAX_CHARS + " characters");
        }
        String[] lines = text.split("\\r?\\n");
        if (lines.length > MAX_LINES) {
            return new Bad("a session description of more than " + MAX_LINES + " lines");
        }
        if (lines.length == 0 || !lines[0].strip().equals("v=0")) {
            return new Bad("a session description begins with v=0");
        }
        try {
            return parse(lines);
        } catch (IllegalArgumentException e) {
            return new Bad(String.valueOf(e.getMessage()));
        }
    }

    private static Parsed parse(String[] lines) {
        String sessionAddress = "";
        Direction sessionDirection = Direction.SENDRECV;
        List<SectionParser> sections = new ArrayList<>();
        for (String raw : lines) {
            String line = raw.strip();
            if (line.length() < 2 || line.charAt(1) != '=') {
                if (line.isEmpty()) {
                    continue;
                }
                return new Bad("not a line of a session description: " + clipped(line));
            }
            if (CONTROL.matcher(line).find()) {
                return new Bad("control characters in a session description");
            }
            char type = line.charAt(0);
            String value = line.substring(2);
            if (type == 'm') {
                sections.add(new SectionParser(value, sessionAddress, sessionDirection));
            } else if (!sections.isEmpty()) {
                sections.getLast().line(type, value);
            } else if (type == 'c') {
                sessionAddress = address(value);
            } else if (type == 'a') {
                Direction named = direction(value);
                sessionDirection = named == null ? sessionDirection : named;
            }
        }
        return new Good(
                new SessionDescription(sections.stream().map(SectionParser::finish).toList()));
    }

    private static String clipped(String line) {
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }

    private static String address(String connection) {
        String[] parts = connection.split(" ");
        if (parts.length != 3
                || !parts[0].equals("IN")
                || !parts[2].matches("[0-9A-Za-z.:\\-]{1,255}")) {
            throw new IllegalArgumentException(
                    "a connection line that names no address: " + clipped(connection));
        }
        return parts[2];
    }

    private static @Nullable Direction direction(String attribute) {
        return switch (attribute) {
            case "sendrecv" -> Direction.SENDRECV;
            case "sendonly" -> Direction.SENDONLY;
            case "recvonly" -> Direction.RECVONLY;
            case "inactive" -> Direction.INACTIVE;
            default -> null;
        };
    }

    private static int number(String text, int least, int most, String what) {
        if (!text.matches("\\d{1,9}")
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    what + " out of " + least + ".." + most + ": " + clipped(text));
        }
        return Integer.parseInt(text);
    }

    /// Collects the lines of one `m=` section.
    private static final class SectionParser {
        private final String media;
        private String address;
        private Direction direction;
        private int ptimeMs;
        private final List<CryptoAttribute> cryptos = new ArrayList<>();
        private final Map<Integer, String> encodings =
                new HashMap<>(Map.of(0, "PCMU/8000", 8, "PCMA/8000", 9, "G722/8000"));

        SectionParser(String media, String address, Direction direction) {
            this.media = media;
            this.address = address;
            this.direction = direction;
        }

        void line(char type, String value) {
            if (type == 'c') {
                address = address(value);
            } else if (type == 'a') {
                attribute(value);
            }
        }

        private void attribute(String value) {
            Direction named = direction(value);
            if (named != null) {
                direction = named;
            } else if (value.startsWith("ptime:")) {
                ptimeMs = number(value.substring(6).strip(), 1, 1000, "ptime");
            } else if (value.startsWith("crypto:")) {
                CryptoAttribute.parse(value.substring(7)).ifPresent(cryptos::add);
            } else if (value.startsWith("rtpmap:")) {
                String[] parts = value.substring(7).strip().split("\\s+", 2);
                if (parts.length == 2) {
                    String[] encoding = parts[1].toUpperCase(Locale.ROOT).split("/", -1);
                    String rate = encoding.length > 1 ? encoding[1].strip() : "";
                    encodings.put(
                            number(parts[0], 0, 127, "payload type"),
                            encoding[0].strip() + "/" + rate);
                }
            }
        }

        Section finish() {
            String[] parts = media.strip().split("\\s+");
            if (parts.length < 4) {
                throw new IllegalArgumentException(
                        "a media line without formats: " + clipped(media));
            }
            int port = number(parts[1].split("/", -1)[0], 0, 65535, "port");
            if (!parts[0].equals("audio")
                    || !(parts[2].equals("RTP/AVP") || parts[2].equals("RTP/SAVP"))) {
                return new Section(media, null);
            }
            if (address.isEmpty()) {
                throw new IllegalArgumentException("no connection line for the audio");
            }
            List<Integer> payloadTypes = new ArrayList<>();
            for (int i = 3; i < parts.length; i++) {
                payloadTypes.add(number(parts[i], 0, 127, "payload type"));
            }
            // RFC 2543 wrote "on hold" as an address of zeros; RFC 3264 8.4 still asks to
            // understand it.
            Direction effective =
                    address.equals("0.0.0.0") ? direction.and(Direction.SENDONLY) : direction;
            return new Section(
                    media,
                    new AudioStream(
                            address,
                            port,
                            parts[2],
                            payloadTypes,
                            Map.copyOf(encodings),
                            ptimeMs,
                            effective,
                            cryptos));
        }
    }
}
