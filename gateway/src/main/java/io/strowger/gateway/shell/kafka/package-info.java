/// Request and reply over Kafka: commands out, the answers of this process in.
@NullMarked
package io.strowger.gateway.shell.kafka;

import org.jspecify.annotations.NullMarked;
