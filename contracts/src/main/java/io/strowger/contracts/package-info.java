/// What crosses Kafka or HTTP between the services: ids, commands, replies, events, topics and
/// their codecs. Values only; no clients, no clocks, no decisions. Null and absent mean the same on
/// every wire.
@NullMarked
package io.strowger.contracts;

import org.jspecify.annotations.NullMarked;
