/// What HTTP and Kafka share in the gateway.
@NullMarked
package io.strowger.gateway.shell;

import org.jspecify.annotations.NullMarked;
