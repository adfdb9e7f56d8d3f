/// Which trace something belongs to, as it crosses HTTP and Kafka.
@NullMarked
package io.strowger.contracts.trace;

import org.jspecify.annotations.NullMarked;
