/// A real Kafka broker, KRaft controller included, in this JVM: what `./strowger up` runs on when
/// no cluster is named, and what every integration test talks to.
@NullMarked
package io.strowger.kafka;

import org.jspecify.annotations.NullMarked;
