/// An example: what can be made of `call.records` with Kafka Streams. Not part of the platform.
@NullMarked
package io.strowger.examples.analytics;

import org.jspecify.annotations.NullMarked;
