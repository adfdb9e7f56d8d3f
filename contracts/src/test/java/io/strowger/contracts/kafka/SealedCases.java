package io.strowger.contracts.kafka;

import java.util.Arrays;
import java.util.stream.Stream;

/// The records at the leaves of a sealed interface.
final class SealedCases {
    private SealedCases() {}

    static Stream<Class<?>> of(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(one -> one.isSealed() ? of(one) : Stream.of(one));
    }
}
