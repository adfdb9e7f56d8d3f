/// Kafka clients with the settings that were measured, and the topics.
@NullMarked
package io.strowger.runtime.kafka;

import org.jspecify.annotations.NullMarked;
