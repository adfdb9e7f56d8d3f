package io.strowger.worker.core.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that trunks speak from. Everyone else gets no answer, so that a scan learns
/// nothing.
public final class KnownPeers {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");
    private static final Pattern WITH_PORT =
            Pattern.compile("([0-9.]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");
    private final List<Block> blocks;

    /// @param port 0: any
    /// @param trunk whose address it is; empty: not told
    private record Block(byte[] address, int prefixBits, int port, String trunk) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = prefixBits / 8;
            if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
                return false;
            }
            int rest = prefixBits % 8;
            return rest == 0 || (address[whole] ^ other[whole]) >> (8 - rest) == 0;
        }
    }

    private KnownPeers(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /// @param addresses literal addresses and CIDR blocks; what is neither is left out
    public static KnownPeers of(List<String> addresses) {
        return ofTrunks(Map.of("", addresses));
    }

    /// @param addresses of each trunk: literal addresses, with a port or not, and CIDR blocks; what
    ///   is neither is left out
    public static KnownPeers ofTrunks(Map<String, List<String>> addresses) {
        List<Block> blocks = new ArrayList<>();
        addresses.forEach((trunk, texts) ->
                texts.forEach(text -> parse(trunk, text.strip()).ifPresent(blocks::add)));
        return new KnownPeers(blocks);
    }

    /// The trunk that speaks from this address: one with this very port first, then one that may
    /// use any port.
    public Optional<String> trunkAt(String address, int port) {
        return literal(address)
                .flatMap(bytes ->
                        blocks.stream()
                                .filter(block -> block.contains(bytes))
                                .filter(block -> block.port == 0 || block.port == port)
                                .max(Comparator.comparingInt(Block::port))
                                .map(Block::trunk));
    }

    /// Whether a text is an address, with a port or not, or a block; else it may be a name.
    public static boolean isLiteral(String text) {
        return parse("", text.strip()).isPresent();
    }

    /// @param address literal, as the socket gives it
    public boolean contains(String address) {
        return literal(address)
                .filter(bytes -> blocks.stream().anyMatch(block -> block.contains(bytes)))
                .isPresent();
    }

    private static Optional<Block> parse(String trunk, String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            int port = Integer.parseInt(withPort.group(2));
            return literal(withPort.group(1))
                    .map(bytes -> new Block(bytes, bytes.length * 8, port, trunk));
        }
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash))
                .flatMap(bytes -> {
                    int bits = slash < 0 ? bytes.length * 8 : bits(text.substring(slash + 1));
                    return bits < 0 || bits > bytes.length * 8
                            ? Optional.empty()
                            : Optional.of(new Block(bytes, bits, 0, trunk));
                });
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static Optional<byte[]> literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
