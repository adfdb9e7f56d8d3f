package io.strowger.worker.core.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The addresses that trunks speak from. Everyone else gets no answer, so that a scan learns
/// nothing.
public final class KnownPeers {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");
    private final List<Block> blocks;

    private record Block(byte[] address, int prefixBits) {
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
        List<Block> blocks = new ArrayList<>();
        addresses.forEach(text -> parse(text.strip()).ifPresent(blocks::add));
        return new KnownPeers(blocks);
    }

    /// @param address literal, as the socket gives it
    public boolean contains(String address) {
        return literal(address)
                .filter(bytes -> blocks.stream().anyMatch(block -> block.contains(bytes)))
                .isPresent();
    }

    private static Optional<Block> parse(String text) {
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash))
                .flatMap(bytes -> {
                    int bits = slash < 0 ? bytes.length * 8 : bits(text.substring(slash + 1));
                    return bits < 0 || bits > bytes.length * 8
                            ? Optional.empty()
                            : Optional.of(new Block(bytes, bits));
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
