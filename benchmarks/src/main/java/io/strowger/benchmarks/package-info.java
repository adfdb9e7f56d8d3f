/// What Strowger costs, beside a floor measured in the same run: the bare Kafka hops, the bare UDP
/// packets. Prints one JSON line a figure; asserts nothing, because the machine underneath is never
/// the same.
@NullMarked
package io.strowger.benchmarks;

import org.jspecify.annotations.NullMarked;
