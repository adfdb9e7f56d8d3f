/// The worker's ends of the log: orders in, reports out, heartbeats. Each has a thread of its own;
/// none of them ever holds up SIP or media.
@NullMarked
package io.strowger.worker.shell.kafka;

import org.jspecify.annotations.NullMarked;
